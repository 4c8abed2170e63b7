"""Deciding: the only place from which anything is done to anybody, and only while a named person does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts import mandates
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.casework.kinds import Action, CaseKind, Subject
from allonce.kernel.casework.models import Case, CaseText, Decision
from allonce.kernel.casework.services import statements, words
from allonce.kernel.casework.services.working import CaseMoved, lock_open, moved, require_other
from allonce.kernel.clock import add_months, now, today
from allonce.kernel.errors import NotFound, UserError

SHORTEST_REASON = 20


class ReasonTooShort(UserError):
    """A decision without a reason that its reader can understand."""

    code = "reason_too_short"
    message = gettext_lazy("Give the reason in a sentence or more: the person concerned reads it.")


class NeedsSomebodyElse(UserError):
    """The same person may not take both parts."""

    code = "needs_somebody_else"
    status = 403
    message = gettext_lazy("You took the first decision, so somebody else has to look at it now.")


@dataclass(frozen=True)
class Choice:
    """What a member of staff decides. `revision` is the case's as they read it, `facts` what the reason rests on."""

    revision: int
    action: str
    reason: str
    facts: str


@transaction.atomic
def decide(staff: StaffAccess, case_id: int, choice: Choice) -> Decision:
    """Decide a case; at once, or as a proposal where the action needs four eyes. Audited.

    Raises NotFound without the duty or an opening of the case, NoMandate unless a person presses this very moment,
    CaseMoved when somebody was quicker, AboutYourself, ReasonTooShort.
    """
    case, kind = lock_open(staff, case_id, choice.revision)
    action = _chosen(case, kind, choice)
    require_other(staff, case)
    with mandates.given_by(staff, kind.duty, f"casework.Case:{case.pk}") as mandate:
        decision = Decision.objects.create(
            case=case, action=action.code, state=Decision.State.PROPOSED, decided_by=staff.person
        )
        said = {"text": choice.reason.strip(), "facts": choice.facts.strip()}
        words.write(case, CaseText.Role.REASON, said, by=staff.person, decision=decision)
        if action.four_eyes:
            case.state = Case.State.WAITING
            moved(case, "state")
        else:
            _carry_out(mandate, decision, kind)
        record("case.proposed" if action.four_eyes else "case.decided", mandate, decision)
    return decision


@transaction.atomic
def confirm(staff: StaffAccess, case_id: int, revision: int, *, agreed: bool) -> Decision:
    """A second member of staff agrees to a proposed decision, which then takes effect, or sends it back. Audited.

    Raises NeedsSomebodyElse for the first one, and otherwise as `decide` does.
    """
    case, kind = lock_open(staff, case_id, revision)
    require_other(staff, case)
    decision = case.decisions.filter(state=Decision.State.PROPOSED).first()
    if case.state != Case.State.WAITING or decision is None:
        raise CaseMoved
    if decision.decided_by_id == staff.person.id:
        raise NeedsSomebodyElse
    with mandates.given_by(staff, kind.duty, f"casework.Case:{case.pk}") as mandate:
        decision.confirmed_by, decision.confirmed_at = staff.person, now()
        if agreed:
            _carry_out(mandate, decision, kind)
        else:
            _send_back(decision)
        record("case.confirmed" if agreed else "case.sent_back", mandate, decision)
    return decision


@contextmanager
def beside(staff: StaffAccess, case_id: int) -> Iterator[tuple[Mandate, Case]]:
    """What a product does in a case besides deciding it, such as keeping content as evidence. The caller audits it.

    Within a transaction. Raises NotFound unless the case is open to this member of staff, AboutYourself, NoMandate.
    """
    case, kind = lock_open(staff, case_id)
    require_other(staff, case)
    with mandates.given_by(staff, kind.duty, f"casework.Case:{case.pk}") as mandate:
        yield mandate, case
        moved(case)


def about(case: Case) -> Subject:
    """Whom the case is about, as effects take it."""
    return Subject(case.person_id, case.account_id, case.target)


def record(action: str, mandate: Mandate, decision: Decision) -> None:
    """Write a step of a decision to the audit record, last in its transaction."""
    case = decision.case
    data = {"action": decision.action, "decision": decision.pk}
    target = f"casework.Case:{case.pk}"
    audit.record(action, actor=mandate.exercise(), account_id=case.account_id, target=target, data=data)


def _chosen(case: Case, kind: CaseKind, choice: Choice) -> Action:
    if case.state != Case.State.OPEN:
        raise CaseMoved
    fitting = {each.code: each for each in kind.choices(about(case))}
    if choice.action not in fitting:
        raise NotFound
    wanting = [name for name in ("reason", "facts") if len(getattr(choice, name).strip()) < SHORTEST_REASON]
    if wanting and fitting[choice.action].told:
        raise ReasonTooShort(fields=dict.fromkeys(wanting, str(ReasonTooShort.message)))
    return fitting[choice.action]


def _carry_out(mandate: Mandate, decision: Decision, kind: CaseKind) -> None:
    case, action = decision.case, kind.action(decision.action)
    action.effect(mandate, about(case))
    decision.state = Decision.State.IN_FORCE
    if action.against:
        decision.appeal_until = add_months(today(), kind.appeal_months)
    decision.save()
    case.state = Case.State.DECIDED if action.against else Case.State.CLOSED
    case.closed_at = None if case.held else now()
    moved(case, "state", "closed_at")
    if action.told:
        statements.tell(decision, kind)
    statements.thank_reporters(decision, kind)


def _send_back(decision: Decision) -> None:
    decision.state = Decision.State.DECLINED
    decision.save()
    decision.case.state = Case.State.OPEN
    moved(decision.case, "state")
