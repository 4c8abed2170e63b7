"""Answers, refusals and fees; every one tells how to complain."""

import io
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel import jobs
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.declarations import evidence_for
from allonce.kernel.privacy import ports
from allonce.kernel.privacy.requests.jobs import carry_out
from allonce.kernel.privacy.requests.models import RightsRequest
from allonce.kernel.privacy.requests.services import carrying, identity
from allonce.kernel.privacy.requests.tests import desk
from allonce.kernel.privacy.requests.tests.actions import LittleRights
from allonce.kernel.privacy.rights.actions import Actions

pytestmark = pytest.mark.django_db
ADDRESS = "Water Lane, Wilmslow"
EXCESSIVE = "This is the ninth such request this month, with the same words."


def proved(email: str = "nia@post.example", right: str = "access") -> RightsRequest:
    request = desk.asked(email=email, right=right)
    desk.confirm()
    return request


@pytest.mark.promise("PRIV-COMPLAINT")
@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("answer", {"words": "We hold nothing.", "deed": "nothing"}),
        ("extend", {"months": "1", "reason": "Many systems have to be searched."}),
        ("clarify", {"question": "Which account do you mean?"}),
        ("refuse", {"reason": EXCESSIVE}),
        ("fee", {"pounds": "12.50", "reason": EXCESSIVE}),
        ("close", {"reason": "They took the request back by telephone."}),
        ("doubt", {"reason": desk.REASON}),
    ],
)
def test_every_answer_names_the_authority_and_how_to_reach_it_and_us(
    sam: Inhabitant, act: str, given: dict[str, str]
) -> None:
    proved()
    before = len(desk.letters())
    desk.done(sam, act, **given)
    [letter] = desk.letters()[before:]
    for said in (
        "Information Commissioner",
        ADDRESS,
        "ico.org.uk",
        "operator@allonce.example",
        "+44 20",
        "1 Harbour Street",
    ):
        assert said in letter["text"]
        assert said in letter["html"]


@pytest.mark.promise("PRIV-COMPLAINT")
def test_the_authority_is_the_one_set_for_the_installation(sam: Inhabitant, settings: Settings) -> None:
    settings.AUTHORITY = "Data Guardian of Elbonia; 1 Mud Lane; https://guardian.example"
    proved()
    desk.done(sam, "answer", words="We hold nothing.", deed="nothing")
    said = desk.letters("requests.answered")[0]["text"]
    assert "Data Guardian of Elbonia, 1 Mud Lane, https://guardian.example" in said
    assert "Information Commissioner" not in said
    assert b"Data Guardian of Elbonia" in Client().get("/privacy/request/").content
    assert "Data Guardian of Elbonia" in str(evidence_for("PRIV-COMPLAINT")[0].says)


@pytest.mark.promise("PRIV-RIGHTS-EXCESSIVE")
@pytest.mark.parametrize(("act", "given"), [("refuse", {}), ("fee", {"pounds": "12.50"})])
def test_refusal_and_fee_need_a_reason_and_tell_it_with_the_name_of_who_decided(
    sam: Inhabitant, act: str, given: dict[str, str]
) -> None:
    request = proved()
    for reason in ("", "excessive", "          "):
        assert desk.act(sam, act, reason=reason, **given).status_code == 422
    assert desk.the_request().is_open
    desk.done(sam, act, reason=EXCESSIVE, **given)
    letter = desk.letters()[-1]["text"]
    for said in ("Sam Reed", EXCESSIVE, "complain to the supervisory authority", "go to court"):
        assert said in letter
    step = request.steps.get(kind="refused" if act == "refuse" else "fee")
    assert (step.by_kind, step.by_id, step.words) == ("staff", sam.person.id, EXCESSIVE)
    assert Entry.objects.filter(action=f"request.{step.kind}", actor_id=sam.person.id).count() == 1


@pytest.mark.promise("PRIV-RIGHTS-EXCESSIVE")
def test_the_database_takes_no_refusal_without_a_person() -> None:
    desk.asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsRequest.objects.update(state="refused")


@pytest.mark.promise("PRIV-RIGHTS-EXCESSIVE")
def test_a_fee_stops_the_clock_until_it_is_paid(sam: Inhabitant) -> None:
    proved()
    desk.done(sam, "fee", pounds="12.50", reason=EXCESSIVE)
    assert "GBP 12.50" in desk.letters("requests.fee")[0]["text"]
    assert desk.the_request().is_paused
    desk.done(sam, "paid")
    assert not desk.the_request().is_paused
    assert desk.act(sam, "paid").status_code == 422


@pytest.mark.promise("PRIV-RIGHTS-EXCESSIVE")
def test_strangers_and_subscribers_cannot_refuse(olivia: Inhabitant) -> None:
    proved()
    assert desk.act(olivia, "refuse", reason=EXCESSIVE).status_code == 404
    assert desk.the_request().is_open


def test_a_complaint_is_answered_though_the_sender_is_not_proved(sam: Inhabitant) -> None:
    desk.asked(right="complaint")
    assert not desk.the_request().is_paused
    desk.done(sam, "answer-plainly", words="We are sorry that nobody rang.")
    assert desk.the_request().state == "answered"


def test_other_rights_are_not_answered_plainly(sam: Inhabitant) -> None:
    desk.asked(right="erasure")
    assert desk.act(sam, "answer-plainly", words="Done.").status_code == 422


def test_an_erasure_asks_for_the_reference_and_is_confirmed_when_it_is_done(
    sam: Inhabitant, olivia: Inhabitant, rights: LittleRights
) -> None:
    request = proved(olivia.person.email, "erasure")
    assert desk.act(sam, "answer", words="Yes.", deed="erase", typed=request.reference).status_code == 422
    people.colleague(olivia, Role.OWNER)
    given = {"words": "We erase all we hold.", "deed": "erase"}
    assert desk.act(sam, "answer", **given, typed="yes").status_code == 422
    desk.done(sam, "answer", **given, typed=request.reference.lower())
    assert not desk.letters("requests.done")
    rights.broken = True
    jobs.run_due()
    assert Person.objects.filter(pk=olivia.person.pk).exists()
    assert not desk.letters("requests.done")
    rights.broken = False
    carry_out_again(request)
    assert not Person.objects.filter(pk=olivia.person.pk).exists()
    assert [letter["to"] for letter in desk.letters("requests.done")] == [request.email]


def test_an_erasure_that_a_hold_postpones_is_confirmed_only_when_it_was_done(
    sam: Inhabitant, olivia: Inhabitant, rights: LittleRights
) -> None:
    request = proved(olivia.person.email, "erasure")
    people.colleague(olivia, Role.OWNER)
    desk.done(sam, "answer", words="We erase all we hold.", deed="erase", typed=request.reference)
    rights.held = True
    carry_out.run(request.id)
    assert not desk.letters("requests.done")
    rights.held = False
    carrying.finish_what_waited()
    assert len(desk.letters("requests.done")) == 1


def test_the_real_rights_room_exports_erases_and_leaves_the_request_that_asked_for_it(
    sam: Inhabitant, olivia: Inhabitant
) -> None:
    ports.register_rights_actions(Actions())
    people.colleague(olivia, Role.OWNER)
    desk.asked(email=olivia.person.email, right="access")
    desk.confirm()
    desk.done(sam, "answer", words="Here is all we hold.", deed="export")
    path = desk.link_in(desk.letters("requests.answered")[0])
    assert zipfile.is_zipfile(io.BytesIO(Client().post(f"{path}download/").content))
    desk.ask(email=olivia.person.email, right="erasure")
    request = RightsRequest.objects.get(right="erasure")
    identity.prove_by_mailbox(request.id)
    desk.done(sam, "answer", request, words="We erase all we hold.", deed="erase", typed=request.reference)
    carry_out.run(request.id)
    assert not Person.objects.filter(pk=olivia.person.pk).exists()
    request.refresh_from_db()
    assert (request.state, request.words) == ("answered", desk.WORDS)
    assert [letter["to"] for letter in desk.letters("requests.done")] == [request.email]


def carry_out_again(request: RightsRequest) -> None:
    """What the queue does after its wait, twice, as after a crash."""
    carry_out.run(request.id)
    carry_out.run(request.id)


def test_a_restriction_is_carried_out(sam: Inhabitant, olivia: Inhabitant, rights: LittleRights) -> None:
    proved(olivia.person.email, "restriction")
    desk.done(sam, "answer", words="We keep it and use it no more.", deed="restrict")
    jobs.run_due()
    assert rights.restricted == {olivia.person.id}


def test_a_request_is_answered_once(sam: Inhabitant) -> None:
    proved()
    desk.done(sam, "answer", words="We hold nothing.", deed="nothing")
    answer = desk.act(sam, "refuse", reason=EXCESSIVE)
    assert answer.status_code == 422
    assert b"closed already" in answer.content
    assert desk.the_request().state == "answered"
