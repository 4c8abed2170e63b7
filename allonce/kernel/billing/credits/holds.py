"""Credits set aside for something that may not come about: used, or given back when its time is over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from allonce.kernel.billing.credits.posting import Draft, Side, account_of, locked, post
from allonce.kernel.billing.errors import HoldOver, HoldSettled, KeyReused
from allonce.kernel.billing.models import Hold, LedgerAccount, Movement
from allonce.kernel.clock import now
from allonce.kernel.vault import Scope

AT_ONCE = 200


@transaction.atomic
def hold(owner: Scope, unit: str, amount: int, *, key: str, until: datetime, reason: str) -> Hold:  # noqa: PLR0913 - all but the first three are named
    """Set credits aside until a moment (aware). The same key sets aside once.

    Raises NotEnoughCredits, KeyReused, and ValueError for less than one.
    """
    if amount < 1:
        raise ValueError("credits move in whole numbers from one up")
    account = account_of(owner, unit)
    legs = {Side.OWNER: -amount, Side.HELD: amount}
    _movement, new = post(account, Draft(Movement.Kind.HOLD, reason, f"hold:{key}", legs))
    if new:
        return Hold.objects.create(ledger=account, amount=amount, reason=reason, key=key, until=until)
    known = Hold.objects.get(key=key)
    if known.ledger_id != account.pk:
        raise KeyReused
    return known


@transaction.atomic
def capture(hold_id: UUID) -> Hold:
    """Use what was set aside. Doing it again changes nothing. Raises HoldOver, HoldSettled, Hold.DoesNotExist."""
    found = Hold.objects.select_for_update().get(pk=hold_id)
    if found.state == Hold.State.CAPTURED:
        return found
    if found.state == Hold.State.RELEASED:
        raise HoldSettled
    if found.until <= now():
        raise HoldOver
    legs = {Side.HELD: -found.amount, Side.SPENT: found.amount}
    post(found.ledger, Draft(Movement.Kind.CAPTURE, found.reason, f"capture:{found.pk}", legs))
    return _settle(found, Hold.State.CAPTURED)


@transaction.atomic
def release(hold_id: UUID, *, reason: str = "") -> Hold:
    """Give back what was set aside; what the owner owes is kept back first. Doing it again changes nothing.

    Raises HoldSettled once it was used, Hold.DoesNotExist.
    """
    found = Hold.objects.select_for_update().get(pk=hold_id)
    if found.state == Hold.State.RELEASED:
        return found
    if found.state == Hold.State.CAPTURED:
        raise HoldSettled
    account = locked(found.ledger)
    kept = min(account.owed, found.amount)
    legs = {Side.HELD: -found.amount, Side.OWNER: found.amount - kept, Side.OWED: kept}
    post(account, Draft(Movement.Kind.RELEASE, reason or found.reason, f"release:{found.pk}", legs))
    return _settle(found, Hold.State.RELEASED)


def release_due() -> int:
    """Give back what is over, each by itself; returns how many. Call it outside a transaction."""
    due = Hold.objects.filter(state=Hold.State.OPEN, until__lte=now()).order_by("until")
    given_back = 0
    for hold_id in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            still = Hold.objects.select_for_update().filter(pk=hold_id, state=Hold.State.OPEN).exists()
            given_back += still and release(hold_id, reason="time_over").state == Hold.State.RELEASED
    return given_back


def open_of(account: LedgerAccount) -> QuerySet[Hold]:
    """What is set aside of this account at the moment."""
    return account.holds.filter(state=Hold.State.OPEN).order_by("until")


def _settle(found: Hold, state: Hold.State) -> Hold:
    found.state, found.settled_at = state, now()
    found.save(update_fields=["state", "settled_at"])
    return found
