"""Opening cases: by a detector, by staff, by anybody. A case holds what was noticed and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Person, SignInSession
from allonce.kernel.accounts.services import sessions
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.casework.kinds import Fact, Subject, kind_of
from allonce.kernel.casework.models import Case, CaseText
from allonce.kernel.casework.services import words
from allonce.kernel.clock import today, working_days_after
from allonce.kernel.errors import NotFound


@dataclass(frozen=True)
class _Opener:
    how: Case.Opener
    actor: Actor
    person: Person | None = None
    detector: str = ""


def by_detector(detector: str, kind: str, about: Subject, facts: Sequence[Fact]) -> int:
    """What `detectors.Detector` calls. Returns the case's number. Audited."""
    return _open(kind, about, facts, _Opener(Case.Opener.DETECTOR, SYSTEM, detector=detector)).pk


def by_staff(staff: StaffAccess, kind: str, about: Subject, facts: Sequence[Fact] = ()) -> Case:
    """Staff who hold the kind's duty open a case themselves; NotFound for others. Audited."""
    if kind_of(kind).duty not in staff.duties:
        raise NotFound
    return _open(kind, about, facts, _Opener(Case.Opener.STAFF, staff.actor, staff.person))


def by_somebody(session: SignInSession | None, kind: str, about: Subject, facts: Sequence[Fact]) -> Case:
    """Somebody reports something, signed in or not; only of the signed-in is known who they are. Audited."""
    if session is None:
        return _open(kind, about, facts, _Opener(Case.Opener.ANYBODY, SYSTEM))
    opener = _Opener(Case.Opener.PERSON, sessions.actor_of(session), session.person)
    return _open(kind, about, facts, opener)


@transaction.atomic
def _open(kind: str, about: Subject, facts: Sequence[Fact], opener: _Opener) -> Case:
    """The case with these facts in it: the undecided one about the same, or a new one. KeyError for unknown kinds."""
    known = kind_of(kind)
    case = _undecided(kind, about)
    if case is None:
        case = Case(kind=kind, person_id=about.person_id, account_id=about.account_id, target=about.target)
        case.opened_by, case.detector, case.opener = opener.how, opener.detector, opener.person
        case.due_on = working_days_after(today(), known.working_days)
        case.save(force_insert=True)
        action = "case.opened"
    else:
        case.revision += 1
        case.save(update_fields=["revision"])
        action = "case.evidence_added"
    if facts:
        words.write(case, CaseText.Role.EVIDENCE, _said(facts, opener), by=opener.person)
    data = {"kind": kind.replace(" ", "_"), "how": str(opener.how), "detector": opener.detector or None}
    audit.record(action, actor=opener.actor, account_id=case.account_id, target=f"casework.Case:{case.pk}", data=data)
    return case


def _said(facts: Sequence[Fact], opener: _Opener) -> dict[str, Any]:
    """The facts as they are kept: words, and apart from them what is looked at or listened to."""
    seen = [{"label": str(fact.label), "picture": fact.picture, "sound": fact.sound} for fact in facts]
    enclosed = [each for each in seen if each["picture"] or each["sound"]]
    told = [[str(fact.label), fact.value] for fact in facts if fact.value or not (fact.picture or fact.sound)]
    return {"facts": told, "how": opener.how, **({"enclosed": enclosed} if enclosed else {})}


def _undecided(kind: str, about: Subject) -> Case | None:
    same = Case.objects.select_for_update().filter(kind=kind, target=about.target, state=Case.State.OPEN)
    if about.person_id is not None:
        return same.filter(person_id=about.person_id).first()
    return same.filter(account_id=about.account).first()
