"""What a seller's report does here. Doubled, late and reordered reports leave what the right order would leave.

`apply` runs in the caller's transaction, which also settles the report: both stand or neither.
"""

from collections.abc import Callable
from typing import Literal
from uuid import UUID

from allonce.kernel import audit
from allonce.kernel.audit import SYSTEM
from allonce.kernel.billing.catalogue.prices import price_of
from allonce.kernel.billing.catalogue.register import Pack, Plan, product, sold_as
from allonce.kernel.billing.credits.moving import sell
from allonce.kernel.billing.models import Purchase, Subscription
from allonce.kernel.billing.models.owners import of
from allonce.kernel.billing.purchases import customers, disputes, known, reversing
from allonce.kernel.billing.purchases.refund_queue import refund_later
from allonce.kernel.billing.sellers.ports import Told
from allonce.kernel.billing.subscriptions import at_store, letters, lifecycle
from allonce.kernel.clock import now
from allonce.kernel.vault import Scope

State = Purchase.State
Outcome = Literal["done", "unclaimed"]
# Reports that prove by themselves that a store was paid for the term they name.
PROOF = frozenset({"paid", "cancelled", "uncancelled", "expired", "unpaid"})


def apply(seller: str, told: Told) -> Outcome:
    """Take a verified report in. unclaimed: it is about a purchase whose owner nobody knows yet."""
    purchase = _find(seller, told)
    if purchase is None and told.what in disputes.WORDS:
        # The payment itself may be reported later.
        disputes.keep(seller, told)
        return "done"
    if purchase is None and told.what == "refunded" and known.waits_unclaimed(seller, told.ref):
        return "unclaimed"
    if purchase is None and told.order_id is None and told.what in PROOF | {"refunded"} and told.store_id:
        owner = _owner(seller, told)
        if owner is None:
            return "unclaimed"
        purchase = _from_store(owner, seller, told)
    if purchase is None:
        # A report about something that was never ours, or was erased with its owner.
        return "done"
    _ACTS[told.what](purchase, told)
    return "done"


def _find(seller: str, told: Told) -> Purchase | None:
    rows = Purchase.objects.select_for_update().filter(seller=seller)
    found = rows.filter(pk=told.order_id).first() if told.order_id else None
    mark = known.ref_hash(seller, told.ref)
    return found or (rows.filter(ref_hash=mark).first() if mark else None)


def _owner(seller: str, told: Told) -> Scope | None:
    chain = known.chain_hash(seller, told.chain)
    held = Subscription.objects.filter(seller=seller, chain_hash=chain).first() if chain else None
    return held.owner if held else known.owner_of_token(told.token)


def _from_store(owner: Scope, seller: str, told: Told) -> Purchase:
    """A purchase that a store made: first heard of now, by its name there. Raises UnknownProduct."""
    sold = sold_as(seller, told.store_id)
    price = price_of(sold.code)
    purchase = Purchase.objects.create(
        **of(owner),
        seller=seller,
        product=sold.code,
        credits=sold.credits * told.quantity if isinstance(sold, Pack) else 0,
        amount=price.amount * told.quantity if told.amount is None else told.amount,
        currency=told.currency or price.currency,
        ref_hash=known.ref_hash(seller, told.ref),
    )
    known.keep_ref(purchase, told.ref)
    audit.record(
        "purchase.reported",
        actor=SYSTEM,
        target=f"billing.Purchase:{purchase.pk}",
        data={"product": sold.code, "seller": seller},
    )
    return purchase


def _paid(purchase: Purchase, told: Told) -> None:
    """Money came in: deliver what it bought, once."""
    customers.keep(purchase.owner, purchase.seller, told.customer)
    if purchase.paid_at is not None:
        return
    if told.ref and not purchase.ref_hash:
        purchase.ref_hash = known.ref_hash(purchase.seller, told.ref)
        purchase.save(update_fields=["ref_hash"])
        known.keep_ref(purchase, told.ref)
    # Before it counts as paid: what went back already takes nothing that was not delivered.
    reversing.look_back(purchase)
    fresh = purchase.state in (State.ORDERED, State.LAPSED)
    purchase.paid_at = told.at
    if fresh:
        purchase.state, purchase.settled_at = State.PAID, now()
    purchase.save()
    # A refund or dispute was told before the payment: there is nothing to deliver any more.
    if fresh:
        audit.record("purchase.paid", actor=SYSTEM, target=f"billing.Purchase:{purchase.pk}")
        _arrived(purchase, told)


def _arrived(purchase: Purchase, told: Told) -> None:
    """Deliver it, unless its payer has left meanwhile: then the money goes back."""
    if customers.has_left(purchase.owner):
        refund_later(purchase, purchase.amount, "left", ref=told.ref)
        return
    _deliver(purchase, told)
    reversing.catch_up(purchase)
    reversing.look_back(purchase)


def _deliver(purchase: Purchase, told: Told) -> None:
    sold = product(purchase.product)
    if isinstance(sold, Pack):
        about = f"billing.Purchase:{purchase.pk}"
        sell(purchase.owner, sold.unit, purchase.credits, key=f"purchase:{purchase.pk}", about=about)
        letters.bought(purchase)
    elif told.chain:
        at_store.deliver(purchase, sold, told)
    elif purchase.subscription_id is not None:
        _renew(purchase, purchase.subscription_id)
    else:
        _begin(purchase, sold, told)


def _begin(purchase: Purchase, plan: Plan, told: Told) -> None:
    """The first term of an order; a second order that was paid at the same time goes back."""
    if lifecycle.open_of(purchase.owner, plan.family) is not None:
        refund_later(purchase, purchase.amount, "twice")
        return
    letters.bought(purchase, lifecycle.begin(purchase, plan, told.at))


def _renew(purchase: Purchase, subscription_id: UUID) -> None:
    """The next term; money for one that has ended meanwhile goes back, and revives nothing."""
    if not lifecycle.renew(lifecycle.lock(subscription_id), purchase):
        refund_later(purchase, purchase.amount, "too_late")


def _card_saved(purchase: Purchase, told: Told) -> None:
    """The order of a trial: a card is on file with the seller, and nothing was charged."""
    customers.keep(purchase.owner, purchase.seller, told.customer)
    plan = product(purchase.product)
    if purchase.state not in (State.ORDERED, State.LAPSED) or purchase.subscription_id or not isinstance(plan, Plan):
        return
    if customers.has_left(purchase.owner) or lifecycle.had_any(purchase.owner, plan.family):
        Purchase.objects.filter(pk=purchase.pk).update(state=State.LAPSED, settled_at=now())
        return
    held = lifecycle.begin_trial(purchase, plan, told.at)
    purchase.state, purchase.settled_at, purchase.amount = State.TRIAL, now(), 0
    purchase.save(update_fields=["state", "settled_at", "amount"])
    letters.bought(purchase, held)


def _lapsed(purchase: Purchase, told: Told) -> None:  # noqa: ARG001 - the acts' common shape
    if purchase.state == State.ORDERED and purchase.subscription_id is None:
        purchase.state, purchase.settled_at = State.LAPSED, now()
        purchase.save(update_fields=["state", "settled_at"])


def _at_store(purchase: Purchase, told: Told) -> None:
    """A store's word on the subscription; whichever it is, the term that it names was paid for."""
    _paid(purchase, told)
    at_store.change(purchase, told)


def _nothing(purchase: Purchase, told: Told) -> None:
    """Reports that change nothing by themselves."""


_ACTS: dict[str, Callable[[Purchase, Told], None]] = {
    "paid": _paid,
    "card_saved": _card_saved,
    "lapsed": _lapsed,
    "refunded": reversing.refunded,
    "refund_reversed": reversing.refund_reversed,
    "disputed": reversing.disputed,
    "dispute_won": reversing.disputed,
    "dispute_lost": reversing.disputed,
    "cancelled": _at_store,
    "uncancelled": _at_store,
    "unpaid": _at_store,
    "expired": _at_store,
    "look_up": _nothing,
}
