"""Appeals: filed by whoever a decision concerns, decided by somebody who had no part in it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts import mandates
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.casework.kinds import CaseKind
from allonce.kernel.casework.models import Appeal, Case, CaseText, Decision
from allonce.kernel.casework.services import statements, words
from allonce.kernel.casework.services.deciding import (
    SHORTEST_REASON,
    NeedsSomebodyElse,
    ReasonTooShort,
    about,
    record,
)
from allonce.kernel.casework.services.working import CaseMoved, lock_open, moved, require_other
from allonce.kernel.clock import now, today, working_days_after
from allonce.kernel.errors import UserError

ANSWER_WITHIN = 14


class NoAppealLeft(UserError):
    """The time for an appeal is over, one was filed, or there is nothing to appeal against."""

    code = "no_appeal_left"
    status = 409
    message = gettext_lazy("This decision can no longer be appealed here.")


@transaction.atomic
def file(decision: Decision, text: str, *, by: Person | None, actor: Actor = SYSTEM) -> Appeal:
    """Appeal against a decision in force; the views have checked that it concerns the one who asks. Audited.

    `by` is None when the mailed link alone vouches. Raises NoAppealLeft, ReasonTooShort.
    """
    if len(text.strip()) < SHORTEST_REASON:
        message = gettext_lazy("Say in a sentence or more what is wrong with the decision.")
        raise ReasonTooShort(message, fields={"text": str(message)})
    case = Case.objects.select_for_update().get(pk=decision.case_id)
    decision.refresh_from_db()
    if not may_appeal(decision):
        raise NoAppealLeft
    appeal = _file_once(decision, by)
    case.state, case.assigned, case.reminded_on, case.closed_at = Case.State.APPEALED, None, None, None
    case.due_on = working_days_after(today(), ANSWER_WITHIN)
    moved(case, "state", "assigned", "due_on", "reminded_on", "closed_at")
    words.write(case, CaseText.Role.APPEAL, {"text": text.strip()}, by=by, decision=decision)
    target = f"casework.Case:{case.pk}"
    audit.record(
        "case.appealed", actor=actor, account_id=case.account_id, target=target, data={"decision": decision.pk}
    )
    return appeal


def may_appeal(decision: Decision) -> bool:
    """Whether an appeal may be filed today."""
    until = decision.appeal_until
    standing = decision.state == Decision.State.IN_FORCE and until is not None and today() <= until
    return standing and not Appeal.objects.filter(decision=decision).exists()


@transaction.atomic
def answer(staff: StaffAccess, case_id: int, revision: int, *, upheld: bool, reason: str) -> Appeal:
    """Decide an appeal: uphold it, which undoes the decision's effect, or let the decision stand. Audited.

    Raises NeedsSomebodyElse for whoever decided or confirmed first, and otherwise as `deciding.decide` does.
    """
    case, kind = lock_open(staff, case_id, revision)
    require_other(staff, case)
    appeal = Appeal.objects.filter(decision__case=case, outcome="").select_related("decision__case").first()
    if case.state != Case.State.APPEALED or appeal is None:
        raise CaseMoved
    if staff.person.id in {appeal.decision.decided_by_id, appeal.decision.confirmed_by_id}:
        raise NeedsSomebodyElse
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(fields={"reason": str(ReasonTooShort.message)})
    with mandates.given_by(staff, kind.duty, f"casework.Case:{case.pk}") as mandate:
        appeal.outcome = Appeal.Outcome.UPHELD if upheld else Appeal.Outcome.DISMISSED
        if upheld:
            _undo(mandate, appeal.decision, kind)
        _close(appeal, case, staff.person, reason)
        record("case.appeal_upheld" if upheld else "case.appeal_dismissed", mandate, appeal.decision)
    return appeal


def _file_once(decision: Decision, by: Person | None) -> Appeal:
    try:
        with transaction.atomic():
            return Appeal.objects.create(decision=decision, filed_by=by)
    except IntegrityError as error:
        raise NoAppealLeft from error


def _undo(mandate: mandates.Mandate, decision: Decision, kind: CaseKind) -> None:
    undo = kind.action(decision.action).undo
    if undo is not None:
        undo(mandate, about(decision.case))
    decision.state = Decision.State.REVERSED
    decision.save(update_fields=["state"])


def _close(appeal: Appeal, case: Case, by: Person, reason: str) -> None:
    appeal.decided_by, appeal.decided_at = by, now()
    appeal.save()
    case.state, case.closed_at = Case.State.CLOSED, None if case.held else now()
    moved(case, "state", "closed_at")
    said = {"text": reason.strip(), "outcome": str(appeal.outcome)}
    words.write(case, CaseText.Role.OUTCOME, said, by=by, decision=appeal.decision)
    statements.tell_outcome(appeal.decision, reason.strip())
