"""Working on a case before it is decided: opening it with a reason, taking it on, notes, holding it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Membership
from allonce.kernel.casework.kinds import CaseKind, kind_of
from allonce.kernel.casework.models import Case, CaseOpening, CaseText
from allonce.kernel.casework.services import words
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError

OPEN_FOR = timedelta(hours=1)


class CaseMoved(UserError):
    """Somebody changed the case since it was read."""

    code = "case_moved"
    status = 409
    message = gettext_lazy("A colleague or new evidence changed this case after you opened it. Read it again first.")


class AboutYourself(UserError):
    """Nobody decides about themselves or their own business."""

    code = "about_yourself"
    status = 403
    message = gettext_lazy("This case is about you or your own business, so a colleague has to decide it.")


def find(staff: StaffAccess, case_id: int) -> tuple[Case, CaseKind]:
    """A case that this member of staff's duties cover; NotFound otherwise."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or kind_of(case.kind).duty not in staff.duties:
        raise NotFound
    return case, kind_of(case.kind)


def opening_of(staff: StaffAccess, case: Case) -> CaseOpening | None:
    """The staff member's living opening of the case: without one, nothing in it may be read or done."""
    return CaseOpening.objects.filter(case=case, staff=staff.person, until__gt=now()).order_by("-until").first()


@transaction.atomic
def open_with_reason(staff: StaffAccess, case_id: int, reason: str) -> CaseOpening:
    """Read a case for an hour. Whoever it is about sees who, when and why. Raises ReasonNeeded. Audited."""
    case, _kind = find(staff, case_id)
    if case.person_id:
        seen = audit.record_person_look(staff.actor, case.person_id, reason).id
    else:
        assert case.account_id is not None  # by the table's own rule
        seen = audit.record_look(staff.actor, case.account_id, reason).id
    return CaseOpening.objects.create(case=case, staff=staff.person, audit_look_id=seen, until=now() + OPEN_FOR)


def lock_open(staff: StaffAccess, case_id: int, revision: int | None = None) -> tuple[Case, CaseKind]:
    """The case, locked for the caller's transaction. NotFound unless it is open to this member of staff;
    CaseMoved if it is no longer as `revision` says."""
    _case, kind = find(staff, case_id)
    case = Case.objects.select_for_update().get(pk=case_id)
    if opening_of(staff, case) is None:
        raise NotFound
    if revision is not None and case.revision != revision:
        raise CaseMoved
    return case, kind


def require_other(staff: StaffAccess, case: Case) -> None:
    """Raise AboutYourself if the case is about this member of staff or a business of theirs."""
    own = Membership.objects.filter(account_id=case.account_id, person=staff.person) if case.account_id else None
    if case.person_id == staff.person.id or (own is not None and own.exists()):
        raise AboutYourself


def moved(case: Case, *fields: str) -> None:
    """Save a change, so that whoever still reads the older state is told."""
    case.revision += 1
    case.save(update_fields=["revision", *fields])


@transaction.atomic
def take_on(staff: StaffAccess, case_id: int) -> None:
    """Make the case one's own; a later one to take it on replaces an earlier. Audited."""
    case, _kind = lock_open(staff, case_id)
    case.assigned = staff.person
    case.save(update_fields=["assigned"])
    _record("case.taken_on", staff, case)


@transaction.atomic
def add_note(staff: StaffAccess, case_id: int, text: str) -> None:
    """Leave a note for colleagues. It is part of what is held of the person concerned. Audited."""
    case, _kind = lock_open(staff, case_id)
    words.write(case, CaseText.Role.NOTE, {"text": text.strip()}, by=staff.person)
    _record("case.noted", staff, case)


@transaction.atomic
def hold(staff: StaffAccess, case_id: int, *, wanted: bool) -> None:
    """Keep the case's evidence beyond its time, as for a dispute, or no longer. Audited."""
    case, _kind = lock_open(staff, case_id)
    case.held = wanted
    over = case.state in {Case.State.DECIDED, Case.State.CLOSED} and not wanted
    case.closed_at = now() if over else None
    case.save(update_fields=["held", "closed_at"])
    _record("case.held" if wanted else "case.released", staff, case)


def _record(action: str, staff: StaffAccess, case: Case) -> None:
    target = f"casework.Case:{case.pk}"
    audit.record(action, actor=staff.actor, account_id=case.account_id, target=target, data={})
