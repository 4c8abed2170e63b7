"""A case from what was noticed to the end of an appeal."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant, at_the_console
from allonce.kernel.audit.models import Entry
from allonce.kernel.casework import jobs, queries
from allonce.kernel.casework.kinds import Subject
from allonce.kernel.casework.models import Case, Decision, PersonCaseText
from allonce.kernel.casework.services import appealing, deciding, opening, statements, working
from allonce.kernel.casework.services.deciding import NeedsSomebodyElse, ReasonTooShort
from allonce.kernel.casework.services.working import AboutYourself
from allonce.kernel.casework.tests.scene import (
    FACTS,
    REASON,
    Doings,
    answered,
    choice,
    decided,
    opened,
    raised,
)
from allonce.kernel.clock import add_months, now, today, travel
from allonce.kernel.errors import NotFound
from allonce.kernel.jobs import run_due
from allonce.kernel.notices.models import Notice

pytestmark = pytest.mark.django_db


def appeal(decision: Decision, who: Inhabitant) -> None:
    appealing.file(decision, "Those messages were not mine, my phone was stolen.", by=who.person)


def test_the_same_thing_noticed_twice_is_one_case_with_both(olivia: Inhabitant, doings: Doings) -> None:
    first, second = raised(olivia), raised(olivia)
    assert first.pk == second.pk
    assert PersonCaseText.objects.filter(case=first, role="evidence").count() == 2
    assert not doings.done


def test_a_case_opens_only_for_its_duty_and_a_reason_that_the_person_sees(
    olivia: Inhabitant, sam: Inhabitant, doings: Doings
) -> None:
    case = raised(olivia)
    billing = people.fellow(sam, "billing")
    assert billing.client.get(f"/operator/cases/{case.pk}/").status_code == 404
    assert f"/operator/cases/{case.pk}/" not in billing.client.get("/operator/cases/").content.decode()
    assert b"a threat" not in sam.client.get(f"/operator/cases/{case.pk}/").content
    assert sam.client.post(f"/operator/cases/{case.pk}/open/", {"reason": "why not"}).status_code == 422
    sam.client.post(f"/operator/cases/{case.pk}/open/", {"reason": "Ticket 12: words of last night"})
    assert b"a threat" in sam.client.get(f"/operator/cases/{case.pk}/").content
    seen = olivia.client.get("/me/looks/").content.decode()
    assert "Ticket 12: words of last night" in seen
    assert "Sam Reed" in seen
    with travel(now() + timedelta(minutes=61)):
        assert b"a threat" not in sam.client.get(f"/operator/cases/{case.pk}/").content
    assert not doings.done


def test_the_person_is_told_what_why_on_which_facts_by_whom_and_how_to_appeal(
    olivia: Inhabitant, sam: Inhabitant, doings: Doings
) -> None:
    decision = decided(sam, raised(olivia))
    run_due()
    letter = mail.outbox[-1]
    assert letter.to == [olivia.person.email]
    needed = (REASON, FACTS, "You are barred from the probe.", "Rule 3", "machine", "Sam Reed", "appeal until", "ICO")
    assert not [each for each in needed if each not in letter.body]
    page = olivia.client.get(f"/me/decisions/{decision.pk}/").content.decode()
    assert REASON in page
    assert "A machine noticed it" in page
    assert doings.done
    assert Notice.objects.filter(person=olivia.person, kind="casework.decision").count() == 1


def test_a_decision_without_a_reason_is_refused_beside_the_field(
    olivia: Inhabitant, sam: Inhabitant, doings: Doings
) -> None:
    case = raised(olivia)
    opened(sam, case)
    for empty in ({"reason": "Because."}, {"facts": " " * 40}):
        with at_the_console(sam) as access, pytest.raises(ReasonTooShort):
            deciding.decide(access, case.pk, choice(case, **empty))
    given = {"revision": "1", "action": "bar", "reason": "", "facts": FACTS}
    assert sam.client.post(f"/operator/cases/{case.pk}/decide/", given).status_code == 422
    assert not doings.done


def test_no_action_closes_the_case_and_tells_nobody(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    case = raised(olivia)
    opened(sam, case)
    with at_the_console(sam) as access:
        deciding.decide(access, case.pk, choice(case, "no_action", reason="", facts=""))
    case.refresh_from_db()
    assert case.state == "closed"
    assert not doings.done
    assert not Notice.objects.filter(person=olivia.person).exists()


def test_four_eyes_are_two_people(olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, doings: Doings) -> None:
    case = raised(olivia)
    decided(sam, case, "bar_for_good")
    assert not doings.done
    case.refresh_from_db()
    with at_the_console(sam) as access, pytest.raises(NeedsSomebodyElse):
        deciding.confirm(access, case.pk, case.revision, agreed=True)
    assert not doings.done
    opened(kim, case)
    with at_the_console(kim) as access:
        deciding.confirm(access, case.pk, case.revision, agreed=True)
    assert doings.done == [f"barred {olivia.person.id}"]


def test_a_proposal_sent_back_does_nothing_and_can_be_decided_anew(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, doings: Doings
) -> None:
    case = raised(olivia)
    decided(sam, case, "bar_for_good")
    case.refresh_from_db()
    opened(kim, case)
    with at_the_console(kim) as access:
        deciding.confirm(access, case.pk, case.revision, agreed=False)
    case.refresh_from_db()
    assert (case.state, doings.done) == ("open", [])
    decided(kim, case)
    assert doings.done


@pytest.mark.promise("PRIV-AUTOMATED")
def test_an_appeal_is_decided_by_somebody_else_and_undoes_what_was_done(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, doings: Doings
) -> None:
    case = raised(olivia)
    decision = decided(sam, case)
    appeal(decision, olivia)
    with pytest.raises(NeedsSomebodyElse):
        answered(sam, case, upheld=False)
    answered(kim, case, upheld=True)
    assert doings.done == [f"barred {olivia.person.id}", f"unbarred {olivia.person.id}"]
    decision.refresh_from_db()
    assert decision.state == "reversed"
    run_due()
    assert "the decision is reversed" in mail.outbox[-1].body.lower()


def test_whoever_confirmed_does_not_decide_the_appeal_either(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, doings: Doings
) -> None:
    case = raised(olivia)
    decided(sam, case, "bar_for_good")
    case.refresh_from_db()
    opened(kim, case)
    with at_the_console(kim) as access:
        decision = deciding.confirm(access, case.pk, case.revision, agreed=True)
    appeal(decision, olivia)
    for took_part in (sam, kim):
        with pytest.raises(NeedsSomebodyElse):
            answered(took_part, case, upheld=False)
    answered(people.fellow(sam, "moderation", email="lee@operator.example", name="Lee"), case, upheld=False)
    decision.refresh_from_db()
    assert decision.state == "in_force"
    assert len(doings.done) == 1


def test_an_appeal_is_possible_once_and_for_six_months(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    decision = decided(sam, raised(olivia))
    assert decision.appeal_until == add_months(today(), 6)
    with travel(now() + timedelta(days=190)), pytest.raises(appealing.NoAppealLeft):
        appeal(decision, olivia)
    appeal(decision, olivia)
    with pytest.raises(appealing.NoAppealLeft):
        appeal(decision, olivia)
    assert doings.done


def test_somebody_who_cannot_sign_in_appeals_through_the_mailed_link(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant
) -> None:
    case = opening_about(olivia)
    decision = decided(sam, case, "suspend")
    assert people.sign_in(olivia.person.email)[1] == 422
    run_due()
    path = urlsplit(statements.link(decision)).path
    assert path in mail.outbox[-1].body
    stranger = Client()
    assert REASON in stranger.get(path).content.decode()
    assert stranger.get(path[:-2] + "x/").status_code == 404
    text = "That was not me: my password had been stolen."
    assert stranger.post(path, {"text": text}).status_code == 302
    answered(kim, case, upheld=True)
    assert people.sign_in(olivia.person.email)[1] == 302


def opening_about(who: Inhabitant) -> Case:
    number = opening.by_detector("probe", "accounts.person_conduct", Subject(person_id=who.person.id), [])
    return Case.objects.get(pk=number)


def test_decisions_about_others_are_not_found(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    decision = decided(sam, raised(olivia))
    ben = people.owner("Bayside Blinds", "Ben Bay")
    assert ben.client.get(f"/me/decisions/{decision.pk}/").status_code == 404
    assert ben.client.post(f"/me/decisions/{decision.pk}/", {"text": "x" * 40}).status_code == 404
    assert "Bar" not in ben.client.get("/me/decisions/").content.decode().partition("<main")[2]
    assert doings.done


def test_nobody_decides_about_themselves(sam: Inhabitant, doings: Doings) -> None:
    with pytest.raises(AboutYourself):
        decided(sam, raised(sam))
    assert not doings.done


def test_a_case_read_before_new_evidence_came_in_is_not_decided(
    olivia: Inhabitant, sam: Inhabitant, doings: Doings
) -> None:
    case = raised(olivia)
    opened(sam, case)
    raised(olivia)
    given = {"revision": "1", "action": "bar", "reason": REASON, "facts": FACTS}
    answer = sam.client.post(f"/operator/cases/{case.pk}/decide/", given)
    assert answer.status_code == 422
    assert "Read it again" in answer.content.decode()
    assert REASON in answer.content.decode()
    assert not doings.done


def test_who_took_a_case_on_is_reminded_once_a_day_before_it_is_due_and_late(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, doings: Doings
) -> None:
    case = raised(olivia)
    jobs.remind()
    assert not Notice.objects.filter(kind="casework.due").exists()
    opened(sam, case)
    with at_the_console(sam) as access:
        working.take_on(access, case.pk)
    with travel(now() + timedelta(days=30)):
        jobs.remind()
        jobs.remind()
    [told] = Notice.objects.filter(kind="casework.due")
    assert told.person == sam.person
    assert "late" in told.words["subject"]
    assert not doings.done


def test_nobody_has_taken_it_on_so_everybody_with_the_duty_is_reminded(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, doings: Doings
) -> None:
    raised(olivia)
    people.fellow(sam, "billing", email="bo@operator.example")
    with travel(now() + timedelta(days=30)):
        jobs.remind()
    told = set(Notice.objects.filter(kind="casework.due").values_list("person_id", flat=True))
    assert told == {sam.person.id, kim.person.id}
    assert not doings.done


def test_a_closed_case_goes_after_two_years_unless_it_is_held(
    olivia: Inhabitant, sam: Inhabitant, doings: Doings
) -> None:
    gone, held = raised(olivia), opening_about(olivia)
    for case in (gone, held):
        opened(sam, case)
        with at_the_console(sam) as access:
            deciding.decide(access, case.pk, choice(case, "no_action"))
    opened(sam, held)
    with at_the_console(sam) as access:
        working.hold(access, held.pk, wanted=True)
    jobs.forget_closed()
    assert Case.objects.count() == 2
    with travel(now() + timedelta(days=800)):
        jobs.forget_closed()
    assert list(Case.objects.all()) == [held]
    assert not doings.done


def test_every_step_stands_in_the_record_and_in_the_case(
    olivia: Inhabitant, sam: Inhabitant, kim: Inhabitant, doings: Doings
) -> None:
    case = raised(olivia)
    decision = decided(sam, case)
    appeal(decision, olivia)
    answered(kim, case, upheld=False)
    steps = [line.entry.action for line in queries.history(case)]
    assert steps == ["case.opened", "case.decided", "case.appealed", "case.appeal_dismissed"]
    assert REASON not in str(list(Entry.objects.values_list("data", flat=True)))
    assert doings.done


def test_the_queue_keeps_its_filter_in_the_address(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    case = raised(olivia)
    link = f"/operator/cases/{case.pk}/"
    shown: Callable[[str], bool] = lambda query: link in sam.client.get(f"/operator/cases/{query}").content.decode()  # noqa: E731
    assert shown("")
    assert shown("?kind=probe.conduct")
    assert not shown("?kind=content")
    assert not shown("?mine=1")
    assert not shown("?state=closed")
    assert sam.client.get("/operator/cases/?state=x&page=nine&kind=%00").status_code == 200
    assert not shown("?late=1")
    with travel(now() + timedelta(days=12)):
        assert shown("?late=1")
    assert not doings.done


def test_what_is_not_on_the_list_cannot_be_chosen(olivia: Inhabitant, sam: Inhabitant, doings: Doings) -> None:
    case = opening_about(olivia)
    opened(sam, case)
    for action in ("restore", "bar", ""):
        with at_the_console(sam) as access, pytest.raises(NotFound):
            deciding.decide(access, case.pk, choice(case, action))
    assert not doings.done
