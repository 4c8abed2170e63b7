"""What may be done with credits: buying, giving, spending, taking back, losing, and giving back."""

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.billing.credits import holds
from allonce.kernel.billing.credits.posting import Draft, Side, account_of, locked, post
from allonce.kernel.billing.models import LedgerAccount, Movement
from allonce.kernel.billing.models.owners import of
from allonce.kernel.vault import Scope

Kind = Movement.Kind


def balance(owner: Scope, unit: str) -> int:
    """Whole credits that the owner can spend now."""
    found = LedgerAccount.objects.filter(unit=unit, **of(owner)).values_list("balance", flat=True).first()
    return found or 0


def owed(owner: Scope, unit: str) -> int:
    """Credits that were spent before what had paid for them was refunded; the next purchase makes them good."""
    found = LedgerAccount.objects.filter(unit=unit, **of(owner)).values_list("owed", flat=True).first()
    return found or 0


def grant(owner: Scope, unit: str, amount: int, *, key: str, reason: str) -> Movement:
    """Give credits: as a welcome, for loyalty, on an occasion. How many, and to whom, is the caller's business.

    The same key gives once. Raises KeyReused, and ValueError for less than one.
    """
    draft = Draft(Kind.GRANT, reason, key, {Side.OWNER: _positive(amount), Side.GRANTED: -amount})
    return post(account_of(owner, unit), draft)[0]


def spend(owner: Scope, unit: str, amount: int, *, key: str, reason: str, about: str = "") -> Movement:  # noqa: PLR0913 - all but the first three are named
    """Take credits for something done at once. The same key takes once. Raises NotEnoughCredits, KeyReused."""
    draft = Draft(Kind.SPEND, reason, key, {Side.OWNER: -_positive(amount), Side.SPENT: amount}, about)
    return post(account_of(owner, unit), draft)[0]


@transaction.atomic
def sell(owner: Scope, unit: str, amount: int, *, key: str, about: str) -> Movement:
    """Credits of a paid pack. What is owed from an earlier refund is kept back first."""
    account = locked(account_of(owner, unit))
    kept = min(account.owed, _positive(amount))
    legs = {Side.SOLD: -amount, Side.OWNER: amount - kept, Side.OWED: kept}
    return post(account, Draft(Kind.PURCHASE, "pack", key, legs, about))[0]


@transaction.atomic
def take_back(owner: Scope, unit: str, amount: int, *, key: str, about: str) -> Movement:
    """What a refund had paid for. The balance never goes below zero: what was spent already is owed.

    What is set aside at the moment stays so, for somebody else counts on it; it makes the debt good if it comes back.
    """
    account = locked(account_of(owner, unit))
    there = min(account.balance, _positive(amount))
    legs = {Side.SOLD: amount, Side.OWNER: -there, Side.OWED: -(amount - there)}
    return post(account, Draft(Kind.REFUND, "refund", key, legs, about))[0]


@transaction.atomic
def give_again(owner: Scope, unit: str, amount: int, *, key: str, reason: str, about: str) -> Movement:  # noqa: PLR0913 - all but the first three are named
    """What a refund took, when the refund itself is undone: debts first, as with a purchase."""
    account = locked(account_of(owner, unit))
    kept = min(account.owed, _positive(amount))
    legs = {Side.SOLD: -amount, Side.OWNER: amount - kept, Side.OWED: kept}
    return post(account, Draft(Kind.RESTORE, reason, key, legs, about))[0]


@transaction.atomic
def forfeit(mandate: Mandate, owner: Scope, unit: str) -> Movement | None:
    """All credits are lost on termination for breach, those set aside included. Only a person's decision does that.

    None where there was nothing to lose. Raises NoMandate.
    """
    actor = mandate.exercise()
    account = account_of(owner, unit)
    for hold in holds.open_of(account):
        holds.release(hold.pk, reason="breach")
    account = locked(account)
    if not account.balance:
        return None
    legs = {Side.OWNER: -account.balance, Side.EXPIRED: account.balance}
    key = f"forfeit:{mandate.about}:{unit}:{account.pk}"
    movement, new = post(account, Draft(Kind.FORFEIT, "breach", key, legs, mandate.about))
    if new:
        audit.record("credits.forfeited", actor=actor, target=mandate.about, data={"credits": -movement.amount})
    return movement


@transaction.atomic
def restore(mandate: Mandate, owner: Scope, unit: str) -> Movement | None:
    """Give back what was lost in this case, when its appeal is upheld. None if nothing was. Raises NoMandate."""
    actor = mandate.exercise()
    account = account_of(owner, unit)
    lost = Movement.objects.filter(ledger=account, kind=Kind.FORFEIT, about=mandate.about).first()
    if lost is None:
        return None
    legs = {Side.EXPIRED: lost.amount, Side.OWNER: -lost.amount}
    movement, new = post(account, Draft(Kind.RESTORE, "appeal", f"restore:{lost.pk}", legs, mandate.about))
    if new:
        audit.record("credits.restored", actor=actor, target=mandate.about, data={"credits": movement.amount})
    return movement


def _positive(amount: int) -> int:
    if amount < 1:
        raise ValueError("credits move in whole numbers from one up")
    return amount
