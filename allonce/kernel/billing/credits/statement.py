"""The owner's statement: every movement with its reason, and the balance after each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from allonce.kernel.billing.credits.holds import open_of
from allonce.kernel.billing.credits.words import explain
from allonce.kernel.billing.models import LedgerAccount, Movement
from allonce.kernel.billing.models.owners import of
from allonce.kernel.vault import Scope


@dataclass(frozen=True)
class Line:
    """One movement. `amount` and `balance` are whole credits; `owed` what it added to the debt or took off it."""

    at: datetime
    kind: Any
    says: Any
    amount: int
    balance: int
    owed: int


def movements(owner: Scope, unit: str) -> QuerySet[Movement]:
    """All movements of the owner, the latest first."""
    rows = Movement.objects.filter(ledger__unit=unit, **{f"ledger__{key}": value for key, value in of(owner).items()})
    return rows.prefetch_related("postings").order_by("-id")


def lines(account: LedgerAccount, shown: list[Movement]) -> Iterator[Line]:
    """These movements (a page of them, the latest first) as lines."""
    if not shown:
        return
    later = account.movements.filter(pk__gt=shown[0].pk).aggregate(sum=Sum("amount"))["sum"] or 0
    balance = account.balance - later
    for each in shown:
        owed = -sum(leg.amount for leg in each.postings.all() if leg.side == "owed")
        yield Line(each.at, each.get_kind_display(), explain(each), each.amount, balance, owed)
        balance -= each.amount


def accounts(owner: Scope) -> QuerySet[LedgerAccount]:
    """The owner's accounts, one for each unit."""
    return LedgerAccount.objects.filter(**of(owner)).order_by("unit")


def set_aside(account: LedgerAccount) -> int:
    """Whole credits that are set aside at the moment."""
    return open_of(account).aggregate(sum=Sum("amount"))["sum"] or 0
