"""Something to buy in the demo, until a product of its own sells something, and a statement that is not empty."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import demo_doors
from allonce.kernel.billing.catalogue.register import Pack, Plan, Unit, register_pack, register_plan, register_unit
from allonce.kernel.billing.credits.words import register_reason
from allonce.kernel.billing.sellers.ports import Told
from allonce.kernel.clock import now, travel
from allonce.kernel.vault import Scope

UNIT, SELLER = "demo", "stripe"

register_unit(Unit(UNIT, _("demo credit"), _("demo credits")))
register_pack(Pack("demo.credits.10", UNIT, 10, 499, "EUR", _("10 demo credits")))
register_plan(Plan("demo.plan.3", "demo", 3, 4499, "EUR", _("Demo plan, 3 months"), _("A plan to try the pages.")))
register_plan(Plan("demo.plan.1", "demo", 1, 1999, "EUR", _("Demo plan, 1 month"), _("A plan to try the pages.")))
register_reason("demo.feature", _("You tried something that costs credits"))


def load() -> None:
    """A welcome, something spent and set aside, a pack whose payment is disputed, and a month that was renewed."""
    from allonce.kernel.billing.credits import balance, grant, hold, spend

    person = Person.objects.with_email(demo_doors.OWNER_EMAIL)
    if person is None:
        return
    owner = Scope("person", person.id)
    if balance(owner, UNIT):
        return
    with travel(now() - timedelta(days=40)):
        grant(owner, UNIT, 3, key=f"demo:welcome:{person.id}", reason="welcome")
        spend(owner, UNIT, 1, key=f"demo:spent:{person.id}", reason="demo.feature")
        _paid(owner, "demo.plan.1", 1999, "first")
    with travel(now() - timedelta(days=10)):
        _renewed(owner)
        _paid(owner, "demo.credits.10", 499, "pack", credits=10)
        _told(owner, "pack", "disputed")
    until = now() + timedelta(minutes=30)
    hold(owner, UNIT, 1, key=f"demo:held:{person.id}", until=until, reason="demo.feature")


def _paid(owner: Scope, code: str, amount: int, ref: str, **more: Any) -> None:
    from allonce.kernel.billing.models import Purchase
    from allonce.kernel.billing.models.owners import of

    made = {"seller": SELLER, "product": code, "amount": amount, "currency": "EUR", **more}
    Purchase.objects.create(**of(owner), **made, ref_hash=_mark(owner, ref))
    _told(owner, ref, "paid")


def _renewed(owner: Scope) -> None:
    from allonce.kernel.billing.models import Purchase, Subscription
    from allonce.kernel.billing.models.owners import of

    held = Subscription.objects.get(**of(owner), family="demo")
    made = {"seller": SELLER, "product": held.plan, "amount": held.amount, "currency": held.currency}
    Purchase.objects.create(**of(owner), **made, subscription=held, term=2, ref_hash=_mark(owner, "second"))
    _told(owner, "second", "paid")


def _told(owner: Scope, ref: str, what: Any) -> None:
    """As if the seller had reported it."""
    from allonce.kernel.billing.purchases.applying import apply

    apply(SELLER, Told(f"demo:{ref}", what, now(), ref=_ref(owner, ref)))


def _ref(owner: Scope, ref: str) -> str:
    return f"demo:{owner.id}:{ref}"


def _mark(owner: Scope, ref: str) -> str:
    from allonce.kernel.billing.purchases.known import ref_hash

    return ref_hash(SELLER, _ref(owner, ref))
