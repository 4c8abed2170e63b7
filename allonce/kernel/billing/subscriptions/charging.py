"""Renewals that we charge: within the last 24 hours of a term, or on the first day after a trial."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from allonce.kernel.billing.catalogue.prices import renewal_price
from allonce.kernel.billing.errors import SellerRefused
from allonce.kernel.billing.models import Purchase, Subscription
from allonce.kernel.billing.models.owners import of
from allonce.kernel.billing.purchases import applying, customers
from allonce.kernel.billing.sellers.configured import sellers
from allonce.kernel.billing.sellers.ports import Charged, Told
from allonce.kernel.billing.subscriptions import letters, lifecycle
from allonce.kernel.billing.subscriptions.terms import REFUSE_BEFORE
from allonce.kernel.clock import now

State = Subscription.State
# A refused card is tried again so much later; a try that nobody answered for is made again sooner.
AFTER_REFUSAL = timedelta(days=1)
AFTER_SILENCE = timedelta(hours=2)


def due() -> list[UUID]:
    """Subscriptions whose next term may be charged now."""
    ours = [code for code, each in sellers().items() if each.sells_here]
    rows = Subscription.objects.filter(seller__in=ours, until__lte=now() + REFUSE_BEFORE, access_until__gt=now())
    rows = rows.filter(state__in=(State.TRIAL, State.ACTIVE, State.PAST_DUE))
    rows = rows.filter(Q(next_try_at=None) | Q(next_try_at__lte=now()))
    return [held.pk for held in rows.order_by("until") if lifecycle.may_be_charged(held)]


def charge(subscription_id: UUID) -> None:
    """Charge one renewal, outside any transaction. Tried again after a crash it charges no second time.

    What the seller refuses, whatever its reason, counts as a declined card. Raises SellerSilent and
    ProcessorNotAllowed; then it is due again later.
    """
    purchase = _prepared(subscription_id)
    if purchase is None:
        return
    customer = customers.of(purchase.owner, purchase.seller)
    seller = sellers()[purchase.seller]
    charged = Charged("refused")
    if customer:
        # Only a definite refusal makes another key: whatever is in doubt is asked for again with the same.
        key = f"renew-{purchase.pk}-{purchase.refusals}"
        with suppress(SellerRefused):
            charged = seller.charge(purchase.pk, purchase.amount, purchase.currency, customer=customer, key=key)
    with transaction.atomic():
        _settle(purchase, charged)


@transaction.atomic
def _prepared(subscription_id: UUID) -> Purchase | None:
    """The order of the next term; None if there is nothing to charge any more."""
    held = lifecycle.lock(subscription_id)
    if not lifecycle.may_be_charged(held):
        return None
    held.next_try_at = now() + AFTER_SILENCE
    held.save(update_fields=["next_try_at"])
    made = {"seller": held.seller, "product": held.plan, "amount": renewal_price(held), "currency": held.currency}
    purchase, _new = Purchase.objects.get_or_create(
        subscription=held, term=held.term + 1, defaults=made | of(held.owner)
    )
    return purchase if purchase.state == Purchase.State.ORDERED else None


def _settle(purchase: Purchase, charged: Charged) -> None:
    if charged.state == "paid":
        told = Told(f"charged:{purchase.pk}", "paid", now(), order_id=purchase.pk, ref=charged.ref)
        applying.apply(purchase.seller, told)
    if charged.state == "refused" and purchase.subscription_id:
        _refused(purchase, lifecycle.lock(purchase.subscription_id))


def _refused(purchase: Purchase, held: Subscription) -> None:
    """Access goes on for the days of grace; the first refusal is told at once."""
    tried = Purchase.objects.filter(pk=purchase.pk, state=Purchase.State.ORDERED, refusals=purchase.refusals)
    if not tried.update(refusals=purchase.refusals + 1) or held.state == State.ENDED:
        return
    held.next_try_at = now() + AFTER_REFUSAL
    if held.until <= now():
        held.state = State.PAST_DUE
    held.save(update_fields=["next_try_at", "state"])
    if purchase.refusals == 0:
        letters.not_charged(held)
