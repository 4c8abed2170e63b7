"""PRIV-AUTOMATED, tried from every side: machines, forgeries and old mandates get nowhere."""

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.test import RequestFactory

from allonce.kernel.accounts import mandates
from allonce.kernel.accounts.access import StaffAccess, access_operator
from allonce.kernel.accounts.mandates import Mandate, NoMandate
from allonce.kernel.accounts.models import SignInSession, StaffDuty
from allonce.kernel.accounts.services import compromise, sessions
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant, at_the_console
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.casework.detectors import Detector
from allonce.kernel.casework.kinds import Fact, Subject
from allonce.kernel.casework.models import Case, Decision
from allonce.kernel.casework.services import deciding
from allonce.kernel.casework.tests.scene import Doings, choice, decided, opened, raised
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.jobs import job, run_due

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-AUTOMATED")]
ROOT = Path(__file__).resolve().parents[4] / "allonce"


def access_of(staff: Inhabitant) -> StaffAccess:
    """All that a member of staff has, kept beyond the press of the button."""
    with at_the_console(staff) as access:
        return access


def refused(access: StaffAccess, case: Case) -> bool:
    try:
        deciding.decide(access, case.pk, choice(case))
    except (NoMandate, NotFound):
        return not Decision.objects.exists()
    return False


def test_a_detector_opens_a_case_and_nothing_happens(olivia: Inhabitant, doings: Doings) -> None:
    detector = Detector("probe.words", "a list of words")
    number = detector.raise_case("probe.conduct", Subject(person_id=olivia.person.id), [Fact("Words", "a threat")])
    assert Case.objects.get(pk=number).state == "open"
    assert not doings.done
    doors = [name for name, _ in inspect.getmembers(Detector, inspect.isfunction) if not name.startswith("_")]
    assert doors == ["raise_case"]


def test_a_person_at_the_console_can(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    decided(sam, raised(olivia))
    assert doings.done == [f"barred {olivia.person.id}"]


def test_nobody_can_without_pressing_a_button(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    case = raised(olivia)
    opened(sam, case)
    assert refused(access_of(sam), case)
    with at_the_console(sam, method="GET") as access:
        assert refused(access, case)
    assert not doings.done


@job("casework.tests.decide_by_job")
def decide_by_job(case_id: int) -> None:
    """What no code of ours does: a job that borrows a staff member's living session."""
    session = SignInSession.objects.exclude(second_factor_at=None).latest("created_at")
    account = session.account
    assert account is not None
    actor = Actor("staff", session.person_id, session.id)
    access = StaffAccess(account, session.person, "owner", actor, frozenset({"moderation"}))  # type: ignore[arg-type]
    case = Case.objects.get(pk=case_id)
    assert refused(access, case)


def test_a_job_that_borrows_a_living_session_is_refused(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    case = raised(olivia)
    opened(sam, case)
    ran: list[bool] = []
    decide_by_job.later(case.pk)
    run_due()
    ran.append(case.state == "open")
    assert not doings.done
    assert not Decision.objects.exists()
    call_command("check")
    assert ran == [True]


@pytest.mark.parametrize("fault", ["no factor", "ended", "suspended", "no duty", "left", "another's", "system"])
def test_what_staff_say_of_themselves_is_not_believed(
    olivia: Inhabitant, sam: Inhabitant, doings: Doings, fault: str
) -> None:
    case = raised(olivia)
    opened(sam, case)
    with at_the_console(sam) as access:
        forged = _break(sam, access, fault)
        assert refused(forged, case), fault
    assert not doings.done


def _break(sam: Inhabitant, access: StaffAccess, fault: str) -> StaffAccess:
    living = SignInSession.objects.filter(person=sam.person)
    if fault == "no factor":
        living.update(second_factor_at=None)
    elif fault == "ended":
        living.update(ended_at=now())
    elif fault == "suspended":
        sam.person.suspended_at = now()
        sam.person.save(update_fields=["suspended_at"])
    elif fault == "no duty":
        StaffDuty.objects.filter(duty="moderation").update(withdrawn_at=now())
    elif fault == "left":
        sam.person.memberships.all().delete()
    elif fault == "another's":
        return dataclasses.replace(access, actor=Actor("staff", uuid4(), access.actor.via))
    elif fault == "system":
        return dataclasses.replace(access, actor=SYSTEM)
    return access


def test_a_mandate_cannot_be_made_by_hand(olivia: Inhabitant, sam: Inhabitant) -> None:
    for seal in (None, object(), "seal", mandates):
        with pytest.raises(NoMandate):
            Mandate(seal, access_of(sam), "casework.Case:1")
    with at_the_console(sam) as access, pytest.raises(NoMandate):
        Mandate(None, access, "casework.Case:1")
    assert olivia.person.suspended_at is None


def test_a_kept_mandate_is_worthless(olivia: Inhabitant, sam: Inhabitant) -> None:
    with at_the_console(sam) as access, mandates.given_by(access, "moderation", "casework.Case:1") as mandate:
        kept = mandate
    with pytest.raises(NoMandate):
        compromise.suspend(kept, olivia.person, suspended=True)
    olivia.person.refresh_from_db()
    assert olivia.person.suspended_at is None


def test_the_console_is_closed_to_a_password_alone(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    case = raised(olivia)
    password_alone = people.browser_of(sam.person, proven=False)
    address = f"/operator/cases/{case.pk}/"
    for path in (address, f"{address}open/", f"{address}decide/"):
        for method in ("get", "post"):
            answer = getattr(password_alone, method)(path)
            assert answer["Location"].startswith("/operator/second-factor/"), path
    assert not doings.done


def test_a_request_without_a_living_session_gives_no_access(sam: Inhabitant) -> None:
    request = RequestFactory().post("/operator/")
    with pytest.raises(UserError):
        access_operator(request)
    sessions.end_others(sam.person, but=None, actor=SYSTEM)
    assert sam.client.post("/operator/cases/1/decide/")["Location"].startswith("/sign-in/")


# What is done to somebody is called one of these; a function of that name asks for whoever does it.
AGAINST_SOMEBODY = re.compile(r"^(suspend|restore_person|reject|ban|bar|expel|terminate|close_account|take_down)(_|$)")
WHOEVER_DOES_IT = {"Mandate", "StaffAccess", "AccountAccess", "SignInSession"}
# Nobody is kept out by these fields but through a mandate.
DECISIVE_FIELDS = {"suspended_at"}
# Functions that only they who may make mandates call: the door of the console, and deciding.
MAKERS = {
    "given_by": {"kernel/casework/services/deciding.py", "kernel/casework/services/appealing.py"},
    "at_the_console": {"kernel/accounts/decorators.py"},
}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(ROOT.rglob("*.py")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield str(path.relative_to(ROOT)), node


def takes(function: ast.FunctionDef) -> set[str]:
    args = function.args
    notes = [each.annotation for each in (*args.posonlyargs, *args.args, *args.kwonlyargs) if each.annotation]
    return {word for note in notes for word in re.findall(r"\w+", ast.unparse(note))}


def test_whatever_is_done_to_somebody_asks_for_a_person() -> None:
    found = [
        f"{path} {function.name}"
        for path, function in functions()
        if AGAINST_SOMEBODY.search(function.name) and not takes(function) & WHOEVER_DOES_IT
    ]
    assert not found, f"take a Mandate (or the access of whoever does it to their own): {found}"


def test_nothing_else_writes_what_keeps_somebody_out() -> None:
    found = [
        f"{path}:{function.name}"
        for path, function in functions()
        if "Mandate" not in takes(function) and set(written(function)) & DECISIVE_FIELDS
    ]
    assert not found


def written(function: ast.FunctionDef) -> Iterator[str]:
    """Fields that a function assigns, or passes to update() and create()."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            yield from (each.attr for each in node.targets if isinstance(each, ast.Attribute))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"update", "create", "update_or_create"}:
            yield from (each.arg for each in node.keywords if each.arg)


def test_only_the_console_and_deciding_make_mandates() -> None:
    for name, allowed in MAKERS.items():
        callers = {path for path, function in functions() if name in called(function)}
        callers -= {"kernel/accounts/mandates.py"}
        assert callers == allowed, name


def called(function: ast.FunctionDef) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in calls}


def test_the_record_names_a_person_for_each_decision(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    from allonce.kernel.audit.models import Entry
    from allonce.kernel.casework import evidence

    decided(sam, raised(olivia))
    entry = Entry.objects.get(action="case.decided")
    assert (entry.actor_kind, entry.actor_id) == ("staff", sam.person.id)
    assert isinstance(entry.actor_via, UUID)
    assert evidence.decisions().holds
    assert doings.done
