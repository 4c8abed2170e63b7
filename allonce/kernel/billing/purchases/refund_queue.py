"""Refunds that are to leave: never more in all than the price, those under way included."""

from datetime import datetime, timedelta

from django.db.models import Sum

from allonce.kernel.billing.models import Purchase, Refund, ReturnAddress
from allonce.kernel.billing.subscriptions.terms import REFUND_DAYS
from allonce.kernel.clock import now

State = Refund.State


def left_of(purchase: Purchase) -> int:
    """What can still go back, in minor units: neither gone nor on its way."""
    under_way = purchase.refunds.filter(state=State.WAITING).aggregate(sum=Sum("amount"))["sum"] or 0
    return purchase.amount - purchase.refunded - under_way


def refund_later(
    purchase: Purchase, amount: int, why: str, *, ref: str = "", due_by: datetime | None = None
) -> Refund | None:
    """Queue a refund through whoever sold; None if nothing is left to refund. The caller holds the purchase's lock.

    One at a time for each reason: what was refused may be queued again. `ref` is the seller's id of a payment whose
    owner has left, so that it is kept nowhere else.
    """
    from allonce.kernel.billing.jobs import send_back

    amount = min(amount, left_of(purchase))
    if amount < 1:
        return None
    settled = purchase.refunds.filter(why=why).count()
    made = Refund.objects.create(
        key=f"{why}:{purchase.pk}:{settled}",
        purchase=purchase,
        amount=amount,
        why=why,
        due_by=due_by or now() + timedelta(days=REFUND_DAYS),
    )
    if ref:
        ReturnAddress.objects.create(refund=made, ref=ref)
    send_back.later(made.pk)
    return made
