"""What the queue, the case's page and people's own pages read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from allonce.kernel.accounts import activity
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit.models import Entry
from allonce.kernel.casework.kinds import CaseKind, kind_of, kinds
from allonce.kernel.casework.models import Case, CaseText, Decision
from allonce.kernel.casework.services import words
from allonce.kernel.clock import today
from allonce.kernel.vault import Scope

TO_DO = (Case.State.OPEN, Case.State.WAITING, Case.State.APPEALED)


@dataclass(frozen=True)
class QueueFilter:
    """What the reader of the queue wants; empty means what is still to do, of every kind, whoever's."""

    state: str = ""
    kind: str = ""
    mine: bool = False
    late: bool = False


def queue(staff: StaffAccess, wanted: QueueFilter) -> QuerySet[Case]:
    """Cases that this member of staff's duties cover, the most urgent first. Nothing in them is personal."""
    rows = Case.objects.filter(kind__in=[each.code for each in kinds_for(staff)]).select_related("assigned")
    if wanted.state in Case.State.values:
        rows = rows.filter(state=wanted.state)
    elif wanted.state != "all":
        rows = rows.filter(state__in=TO_DO)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.mine:
        rows = rows.filter(assigned=staff.person)
    if wanted.late:
        rows = rows.filter(due_on__lt=today(), state__in=TO_DO)
    return rows.order_by("due_on", "pk")


@dataclass(frozen=True)
class QueueLine:
    """One case in the queue."""

    case: Case
    label: Any
    late: bool


def line(case: Case) -> QueueLine:
    """A case with what its kind is called, and whether its day is past."""
    return QueueLine(case, kind_of(case.kind).label, case.due_on < today() and case.state in TO_DO)


def kinds_for(staff: StaffAccess) -> list[CaseKind]:
    """The kinds that somebody with these duties may decide."""
    return [each for each in kinds() if each.duty in staff.duties]


def due(until: date) -> QuerySet[Case]:
    """Undecided cases due by that day, of which nobody was reminded today."""
    rows = Case.objects.filter(state__in=TO_DO, due_on__lte=until)
    return rows.filter(Q(reminded_on=None) | Q(reminded_on__lt=today())).select_related("assigned")


def history(case: Case) -> list[activity.Line]:
    """Every step of a case from the audit record, oldest first."""
    entries = Entry.objects.filter(target=f"casework.Case:{case.pk}").order_by("number")
    return activity.in_words(entries)


def decisions_of(case: Case) -> QuerySet[Decision]:
    """A case's decisions, oldest first."""
    rows = case.decisions.select_related("decided_by", "confirmed_by", "appeal", "appeal__decided_by")
    return rows.order_by("pk")


def decisions_about(person: Person) -> QuerySet[Decision]:
    """Decisions that this person was told of: about them, or about a business they answer for."""
    owned = Membership.objects.filter(person=person, role=Role.OWNER).values("account_id")
    rows = Decision.objects.filter(Q(case__person=person) | Q(case__account_id__in=owned), told_at__isnull=False)
    return rows.select_related("case", "case__account", "decided_by", "appeal").order_by("-told_at")


@dataclass(frozen=True)
class Told:
    """A decision as the person concerned reads it."""

    decision: Decision
    statement: CaseText | None
    appeal: CaseText | None
    outcome: CaseText | None


def told(decision: Decision) -> Told:
    """The statement of reasons and what followed."""
    role = CaseText.Role
    texts = [words.of_decision(decision, each) for each in (role.STATEMENT, role.APPEAL, role.OUTCOME)]
    return Told(decision, *texts)


def action_label(decision: Decision) -> str:
    """What was decided, in a few words; the code itself when its kind is no longer registered."""
    try:
        return str(kind_of(decision.case.kind).action(decision.action).label)
    except KeyError:
        return decision.action


def cases_about(scope: Scope) -> QuerySet[Case] | None:
    """All cases about this person or account; None for any other scope."""
    if scope.kind == "person":
        return Case.objects.filter(person_id=scope.id)
    return Case.objects.filter(account_id=scope.id) if scope.kind == "account" else None


def kept_cases(scope: Scope) -> list[Case]:
    """Those that are held, or in which a decision or an appeal waits that outlasts its subject's wish to leave."""
    rows = cases_about(scope)
    passing = Q(state=Case.State.OPEN, kind__in=[each.code for each in kinds() if not each.outlasts])
    waits = Q(state__in=TO_DO) & ~passing
    return [] if rows is None else list(rows.filter(Q(held=True) | waits).order_by("pk"))
