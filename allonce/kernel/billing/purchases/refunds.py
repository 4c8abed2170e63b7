"""Sending money back through whoever sold, with statutory interest where it leaves late."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, Sum

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.audit import SYSTEM
from allonce.kernel.billing.errors import NothingToRefund, NothingToSettle, SellerRefused, SoldElsewhere
from allonce.kernel.billing.models import Purchase, Refund, ReturnAddress
from allonce.kernel.billing.purchases import known, reversing
from allonce.kernel.billing.purchases.refund_queue import left_of, refund_later
from allonce.kernel.billing.sellers.configured import seller_of
from allonce.kernel.billing.subscriptions.terms import interest
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound

State = Refund.State
# What a person has to settle: refused by the seller, or interest beyond what the seller took.
BY_PERSON = (Q(state=State.REFUSED) | Q(by_hand__gt=0, state=State.DONE)) & Q(settled_at=None)


def send(refund_id: UUID) -> None:
    """Send one refund, outside any transaction. Tried again it sends the same, once. Raises SellerSilent."""
    refund = _prepared(refund_id)
    if refund is None:
        return
    purchase = refund.purchase
    total = refund.amount + refund.interest - refund.by_hand
    try:
        if total:
            seller_of(purchase.seller).refund(_ref_of(refund), total, key=f"refund-{refund.pk}")
    except (SellerRefused, SoldElsewhere):
        Refund.objects.filter(pk=refund.pk, state=State.WAITING).update(state=State.REFUSED, done_at=now())
        return
    with transaction.atomic():
        _done(refund, total)


def _ref_of(refund: Refund) -> str:
    address = ReturnAddress.objects.filter(refund=refund).first()
    return address.ref if address else known.ref_of(refund.purchase)


def _done(refund: Refund, total: int) -> None:
    if not Refund.objects.filter(pk=refund.pk, state=State.WAITING).update(state=State.DONE, done_at=now()):
        return
    ReturnAddress.objects.filter(refund=refund).delete()
    paid = Purchase.objects.select_for_update().get(pk=refund.purchase_id)
    # Refunds of one purchase may leave at the same time; the seller's own report may have come first.
    sent = paid.refunds.filter(state=State.DONE).aggregate(sum=Sum(F("amount") + F("interest") - F("by_hand")))["sum"]
    reversing.back_to(paid, max((refund.before or 0) + total, sent or 0), refund.why)
    data = {"amount": total, "interest": refund.interest, "by_hand": refund.by_hand}
    audit.record("refund.sent", actor=SYSTEM, target=f"billing.Refund:{refund.pk}", data=data)


@transaction.atomic
def _prepared(refund_id: UUID) -> Refund | None:
    """The refund with its figures fixed at the first try."""
    refund = Refund.objects.select_for_update().select_related("purchase").get(pk=refund_id)
    if refund.state != State.WAITING:
        return None
    if refund.before is None:
        # A seller sends back no more than it took, less what its bank took back meanwhile.
        left = refund.purchase.amount - refund.purchase.refunded
        refund.before = refund.purchase.sent_back
        refund.amount = min(refund.amount, left)
        refund.interest = interest(refund.amount, refund.due_by, now(), settings.STATUTORY_INTEREST)
        refund.by_hand = max(0, refund.amount + refund.interest - left)
        refund.save(update_fields=["before", "amount", "interest", "by_hand"])
    return refund


@transaction.atomic
def refund_whole(staff: StaffAccess, purchase_id: UUID) -> Refund:
    """Staff give a purchase back, in whole or what is left of it. Raises NotFound, NothingToRefund, SoldElsewhere."""
    purchase = Purchase.objects.select_for_update().filter(pk=purchase_id).first()
    if purchase is None:
        raise NotFound
    if not seller_of(purchase.seller).sells_here:
        raise SoldElsewhere
    made = refund_later(purchase, left_of(purchase), "staff") if purchase.paid_at else None
    if made is None:
        raise NothingToRefund
    data = {"amount": made.amount}
    audit.record("refund.asked", actor=staff.actor, target=f"billing.Purchase:{purchase.pk}", data=data)
    return made


@transaction.atomic
def again(staff: StaffAccess, refund_id: UUID) -> Refund:
    """Queue once more what the seller refused. Interest runs from the first day. Raises NotFound, NothingToRefund."""
    refused = _for_person(refund_id)
    if refused.state != State.REFUSED:
        raise NothingToRefund
    purchase = Purchase.objects.select_for_update().get(pk=refused.purchase_id)
    address = ReturnAddress.objects.filter(refund=refused).first()
    ref = address.ref if address else ""
    made = refund_later(purchase, refused.amount, refused.why, ref=ref, due_by=refused.due_by)
    if made is None:
        raise NothingToRefund
    _settle(refused)
    target, data = f"billing.Refund:{made.pk}", {"amount": made.amount}
    audit.record("refund.asked", actor=staff.actor, target=target, data=data)
    return made


@transaction.atomic
def settled_by_hand(staff: StaffAccess, refund_id: UUID) -> Refund:
    """Somebody has transferred what the seller would not or could not send. Raises NotFound, NothingToSettle."""
    refund = _for_person(refund_id)
    if refund.state == State.REFUSED:
        paid = Purchase.objects.select_for_update().get(pk=refund.purchase_id)
        refund.state, refund.done_at, refund.by_hand = State.DONE, now(), refund.amount + refund.interest
        reversing.back_to(paid, paid.sent_back + refund.amount, refund.why)
    _settle(refund)
    target, data = f"billing.Refund:{refund.pk}", {"by_hand": refund.by_hand}
    audit.record("refund.settled", actor=staff.actor, target=target, data=data)
    return refund


def _for_person(refund_id: UUID) -> Refund:
    refund = Refund.objects.select_for_update().filter(pk=refund_id).first()
    if refund is None:
        raise NotFound
    if not Refund.objects.filter(BY_PERSON, pk=refund_id).exists():
        raise NothingToSettle
    return refund


def _settle(refund: Refund) -> None:
    refund.settled_at = now()
    refund.save(update_fields=["settled_at", "state", "done_at", "by_hand"])
    ReturnAddress.objects.filter(refund=refund).delete()
