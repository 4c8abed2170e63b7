"""Payments that somebody disputes at their bank: of each dispute the bank's last word counts, by its own moment."""

from datetime import timedelta

from allonce.kernel.billing.models import Dispute, Purchase
from allonce.kernel.billing.purchases import known
from allonce.kernel.billing.sellers.ports import Told
from allonce.kernel.clock import now

State = Dispute.State
WORDS = {"disputed": State.OPEN, "dispute_won": State.WON, "dispute_lost": State.LOST}


def keep(seller: str, told: Told, purchase: Purchase | None = None) -> bool:
    """Remember the bank's word; False if it has said something later already."""
    mark = known.dispute_hash(seller, told.dispute or told.ref)
    rows = Dispute.objects.select_for_update().filter(seller=seller, mark=mark)
    row = rows.first() or Dispute(seller=seller, mark=mark, at=told.at)
    said = WORDS[told.what]
    if row.pk and _order(said, told) < (row.at, row.state != State.OPEN):
        return False
    row.purchase = purchase or row.purchase
    row.ref_hash = known.ref_hash(seller, told.ref)
    row.state, row.amount, row.at = said, told.amount, told.at
    row.save()
    return True


def adopt(purchase: Purchase) -> None:
    """The payment is known now: what was said of it before is about this purchase."""
    if purchase.ref_hash:
        early = Dispute.objects.filter(seller=purchase.seller, ref_hash=purchase.ref_hash, purchase=None)
        early.update(purchase=purchase)


def lost(purchase: Purchase) -> int:
    """What banks took of it in all, in minor units."""
    found = purchase.disputes.filter(state=State.LOST).values_list("amount", flat=True)
    return sum(purchase.amount if each is None else each for each in found)


def is_open(purchase: Purchase) -> bool:
    """Whether a bank has still to decide."""
    return purchase.disputes.filter(state=State.OPEN).exists()


def forget_strangers(older_than: timedelta) -> None:
    """Disputes of payments that were never ours: others may sell through the same account."""
    Dispute.objects.filter(purchase=None, at__lt=now() - older_than).delete()


def _order(said: Dispute.State, told: Told) -> tuple[object, bool]:
    # Sellers tell seconds: a question and its answer may share one, and the answer is the later.
    return told.at, said != State.OPEN
