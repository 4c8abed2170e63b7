"""Money that went back: what it had paid for is taken back, in the same measure and once, and given again if undone."""

from allonce.kernel import audit
from allonce.kernel.audit import SYSTEM
from allonce.kernel.billing.catalogue.register import Pack, pack_of, product, unit_of
from allonce.kernel.billing.credits import moving
from allonce.kernel.billing.models import Movement, Purchase
from allonce.kernel.billing.purchases import customers, disputes
from allonce.kernel.billing.sellers.ports import Told
from allonce.kernel.billing.subscriptions import letters, lifecycle
from allonce.kernel.clock import now

State = Purchase.State


def refunded(purchase: Purchase, told: Told) -> None:
    """`told.amount` is all that the seller has sent back so far, so that doubled and late reports change nothing."""
    back_to(purchase, purchase.amount if told.amount is None else told.amount, "refunded")


def back_to(purchase: Purchase, total: int, why: str) -> None:
    """The seller has sent back so much of the purchase (minor units) in all."""
    purchase.sent_back = max(purchase.sent_back, min(total, purchase.amount))
    _stand(purchase, why)


def refund_reversed(purchase: Purchase, told: Told) -> None:  # noqa: ARG001 - the acts' common shape
    """The store took its refund back: credits are given again; a subscription that ended is a person's to settle."""
    purchase.sent_back = 0
    _stand(purchase, "refund_reversed")


def disputed(purchase: Purchase, told: Told) -> None:
    """What the bank says. Nothing is taken before it has decided against us; the Operator's staff see it."""
    if disputes.keep(purchase.seller, told, purchase):
        _stand(purchase, "dispute_won" if told.what == "dispute_won" else "disputed")


def _stand(purchase: Purchase, why: str) -> None:
    """State and effects follow from what the seller sent back and what banks took."""
    before, state = purchase.refunded, purchase.state
    purchase.refunded = min(purchase.amount, purchase.sent_back + disputes.lost(purchase))
    purchase.state = _state(purchase)
    if (purchase.refunded, purchase.state) != (before, state):
        purchase.settled_at = now()
    purchase.save(update_fields=["sent_back", "refunded", "settled_at", "state"])
    if purchase.refunded == before:
        return
    data = {"refunded": purchase.refunded, "why": why}
    audit.record("purchase.refunded", actor=SYSTEM, target=f"billing.Purchase:{purchase.pk}", data=data)
    if purchase.paid_at is None:
        return
    if purchase.refunded > before:
        catch_up(purchase, why)
    else:
        _give_again(purchase, why, was_whole=before == purchase.amount)


def _state(purchase: Purchase) -> State:
    if purchase.refunded and purchase.refunded == purchase.amount:
        return State.REFUNDED
    if purchase.paid_at is not None and disputes.is_open(purchase):
        return State.DISPUTED
    if purchase.state in (State.DISPUTED, State.REFUNDED):
        return State.PAID if purchase.paid_at is not None else State.ORDERED
    return State(purchase.state)


def look_back(purchase: Purchase) -> None:
    """The seller has named the payment: what its bank said of it before counts now."""
    disputes.adopt(purchase)
    _stand(purchase, "disputed")


def catch_up(purchase: Purchase, why: str = "refunded") -> None:
    """Take back what the refunds so far had paid for: credits in proportion, a term once all of it went back."""
    if not purchase.refunded:
        return
    taken, owed = _credits(purchase)
    whole = purchase.refunded == purchase.amount
    held = lifecycle.lock(purchase.subscription_id) if purchase.subscription_id and whole else None
    if held is not None and held.term == purchase.term:
        lifecycle.end(held, why)
    letters.sent_back(purchase, taken, owed, _counted(purchase))


def _credits(purchase: Purchase) -> tuple[int, int]:
    """How many credits were taken back now, and how many of them are owed. Those of a leaver went with them."""
    if customers.has_left(purchase.owner):
        return 0, 0
    share = _share(purchase)
    wanted = share - purchase.taken_back
    if wanted < 1:
        return 0, 0
    movement = moving.take_back(
        purchase.owner,
        pack_of(purchase.product).unit,
        wanted,
        key=f"refund:{purchase.pk}:{_restored(purchase)}:{share}",
        about=_about(purchase),
    )
    purchase.taken_back = share
    purchase.save(update_fields=["taken_back"])
    return wanted, wanted + movement.amount


def _give_again(purchase: Purchase, why: str, *, was_whole: bool) -> None:
    """Part of what had gone back has come again."""
    share = _share(purchase)
    again = purchase.taken_back - share
    if again > 0:
        key = f"again:{purchase.pk}:{_restored(purchase)}"
        unit, about = pack_of(purchase.product).unit, _about(purchase)
        moving.give_again(purchase.owner, unit, again, key=key, reason=why, about=about)
        purchase.taken_back = share
    elif was_whole:
        purchase.problem = why
    purchase.save(update_fields=["taken_back", "problem"])


def _share(purchase: Purchase) -> int:
    """The credits that the refunds so far had paid for."""
    # Whole credits, rounded down in favour of the owner; a whole refund takes all.
    return purchase.credits * purchase.refunded // purchase.amount


def _restored(purchase: Purchase) -> int:
    """How often credits were given again: refunds and their reversals may follow each other."""
    return Movement.objects.filter(kind=Movement.Kind.RESTORE, about=_about(purchase)).count()


def _about(purchase: Purchase) -> str:
    return f"billing.Purchase:{purchase.pk}"


def _counted(purchase: Purchase) -> object:
    sold = product(purchase.product)
    return unit_of(sold.unit).counted if isinstance(sold, Pack) else str
