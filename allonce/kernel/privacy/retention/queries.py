"""What the pages of retention read."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.urls import reverse

from allonce.kernel.declarations import RETENTION
from allonce.kernel.privacy.ports import Hold, account_exports
from allonce.kernel.privacy.retention.departure import scope_of
from allonce.kernel.privacy.retention.holding import holds_apart, in_force, whole_is_held
from allonce.kernel.privacy.retention.keeping import KeptLine, foreseen, kept_of
from allonce.kernel.privacy.retention.models import AccountEnding, LegalHold, SweepRun
from allonce.kernel.privacy.retention.plan import Plan, plan_of
from allonce.kernel.privacy.retention.services.endings import current
from allonce.kernel.privacy.retention.sweeping import dry_run
from allonce.kernel.vault import Scope


@dataclass(frozen=True)
class DueLine:
    """One rule that would take something tonight."""

    table: str
    says: str
    action: str
    rows: int
    held: int


def due() -> list[DueLine]:
    """What tonight's sweep would take or must leave, rules that find nothing left out."""
    lines = []
    for line in dry_run():
        says = RETENTION[line.rule.retention].says
        if line.rows or line.held:
            lines.append(DueLine(line.rule.table, says, line.rule.action, line.rows, line.held))
        lines += [DueLine(table, says, "follow", count, 0) for table, count in line.follows.items()]
    return lines


def runs(most: int = 14) -> QuerySet[SweepRun]:
    """The latest sweeps with their sums."""
    return SweepRun.objects.annotate(rows=Sum("counts__rows"), held=Sum("counts__held")).order_by("-pk")[:most]


@dataclass(frozen=True)
class EndingLine:
    """An account on its way out."""

    ending: AccountEnding
    plan: Plan
    is_held: bool


def leaving() -> list[EndingLine]:
    """Accounts whose agreement ended and that are not gone yet."""
    rows = AccountEnding.objects.filter(finished_at=None, undone_at=None).order_by("started_at")
    return [EndingLine(each, plan_of(each), whole_is_held(scope_of(each))) for each in rows]


def holds() -> list[LegalHold]:
    """Holds in force."""
    return list(in_force())


def past_holds(most: int = 20) -> QuerySet[LegalHold]:
    """Holds that were released, the latest first."""
    return LegalHold.objects.exclude(released_at=None).order_by("-released_at")[:most]


@dataclass(frozen=True)
class EndPage:
    """Everything an owner should know before, and after, ending the account.

    `stopped_by` are holds on the whole account, which keep its key and all its data after the end; `kept_by` are the
    others, which keep only what they cover while everything else goes on its day.
    """

    ending: AccountEnding | None
    plan: Plan
    kept: list[KeptLine]
    stopped_by: list[Hold]
    kept_by: list[Hold]
    exports: list[tuple[str, object]]


def end_page(account_id: UUID, if_today: Plan) -> EndPage:
    """What ends when, what stays and why; `if_today` is the calendar if it were ended today."""
    scope, ending = Scope("account", account_id), current(account_id)
    kept = kept_of(scope) if ending and ending.closed_at else foreseen(scope)
    exports = [(reverse(each.url_name), each.label) for each in account_exports()]
    stopped_by, kept_by = holds_apart(scope)
    return EndPage(ending, plan_of(ending) if ending else if_today, kept, stopped_by, kept_by, exports)
