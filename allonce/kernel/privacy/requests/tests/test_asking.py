"""A request arrives, whoever sends it and by whatever way."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now, today, travel
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.privacy.requests.models import RightsRequest
from allonce.kernel.privacy.requests.tests import desk

pytestmark = pytest.mark.django_db


def test_the_form_needs_no_account_and_names_every_other_way_to_reach_us() -> None:
    page = Client().get("/privacy/request/").content.decode()
    for said in ("+44 20 7946 0000", "operator@allonce.example", "1 Harbour Street", "Information Commissioner"):
        assert said in page


@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
def test_the_receipt_names_the_reference_and_the_day_of_the_answer() -> None:
    request = desk.asked()
    [letter] = desk.letters("requests.received")
    assert letter["to"] == "nia@post.example"
    assert request.reference in letter["text"]
    due = request.due_on
    assert f"{due.day} {due:%b %Y} at the latest" in letter["text"]


def test_whoever_asks_does_not_learn_whether_an_address_is_known(olivia: Inhabitant) -> None:
    known = desk.ask(email=olivia.person.email)
    unknown = desk.ask(email="nobody@post.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    texts = [letter["text"] for letter in desk.letters("requests.received")]
    alike = {re.sub(r"R-\w{8}|request/\S+", "", text) for text in texts}
    assert len(texts) == 2
    assert len(alike) == 1
    assert not RightsRequest.objects.filter(person__isnull=False).exists()


def test_the_words_are_sealed_with_a_key_of_the_request_alone() -> None:
    request = desk.asked()
    assert request.scope.id == request.id
    assert Person.objects.filter(pk=request.id).count() == 0
    assert request.words == desk.WORDS


def test_the_same_asked_twice_is_one_request_with_both_words() -> None:
    first = desk.asked()
    desk.ask(email="NIA@post.example ", words="Where is my answer?")
    assert desk.the_request().id == first.id
    assert [step.words for step in first.steps.filter(kind="repeated")] == ["Where is my answer?"]
    assert len(desk.letters("requests.repeated")) == 1
    assert first.reference in desk.letters("requests.repeated")[0]["text"]


def test_another_right_or_a_request_after_the_answer_is_a_new_one(sam: Inhabitant) -> None:
    desk.asked()
    desk.ask(right="erasure")
    assert RightsRequest.objects.count() == 2
    first = RightsRequest.objects.get(right="access")
    desk.done(sam, "close", first, reason="They took the request back by telephone.")
    desk.ask()
    assert RightsRequest.objects.filter(right="access").count() == 2


def test_asking_is_throttled() -> None:
    answers = [desk.ask(right="complaint").status_code for _ in range(7)]
    assert answers[:5] == [302] * 5
    assert 429 in answers


def test_somebody_signed_in_is_led_to_their_data_and_counts_as_proved(olivia: Inhabitant) -> None:
    page = olivia.client.get("/privacy/request/").content.decode()
    assert "/me/data/" in page
    form = {"right": "access", "words": desk.WORDS}
    assert olivia.client.post("/privacy/request/", form, headers=desk.FROM_HERE).status_code == 302
    request = desk.the_request()
    assert request.identity == "signed_in"
    assert request.person == olivia.person
    assert not request.is_paused
    assert request.reference in olivia.client.get("/me/requests/").content.decode()


def test_signing_in_proves_a_request_that_was_sent_without(olivia: Inhabitant) -> None:
    desk.asked(email=olivia.person.email)
    olivia.client.post("/privacy/request/", {"right": "access", "words": "It is me."}, headers=desk.FROM_HERE)
    request = desk.the_request()
    assert request.identity == "signed_in"
    assert not request.is_paused


def test_staff_write_down_what_came_by_telephone_and_its_month_began_that_day(sam: Inhabitant) -> None:
    came = today() - timedelta(days=10)
    form = {"right": "erasure", "name": "Nia New", "email": "nia@post.example", "words": desk.WORDS}
    answer = sam.client.post("/operator/requests/new/", form | {"channel": "phone", "received_on": came.isoformat()})
    assert answer.status_code == 302
    assert desk.the_request().received_on == came
    later = (today() + timedelta(days=1)).isoformat()
    assert (
        sam.client.post("/operator/requests/new/", form | {"channel": "post", "received_on": later}).status_code == 422
    )


def test_nothing_anybody_typed_stands_in_the_audit_record() -> None:
    desk.asked()
    said = " ".join(str(entry.facts()) for entry in Entry.objects.all())
    assert "nia@" not in said.lower()
    assert "Nia" not in said


def test_forged_and_old_links_open_nothing() -> None:
    desk.asked()
    path = desk.link()
    for wrong in (path[:-2] + "x/", "/privacy/request/nonsense/", f"/privacy/request/{uuid4()}/"):
        assert Client().get(wrong).status_code == 410
        assert Client().post(f"{wrong}confirm/").status_code == 410
    with travel(now() + timedelta(days=181)):
        assert Client().get(path).status_code == 410


def test_the_page_behind_the_link_shows_no_words_of_the_request() -> None:
    desk.asked()
    page = Client().get(desk.link()).content.decode()
    assert desk.WORDS not in page
    assert "Nia New" not in page
    assert OutboxMail.objects.count() == 1


@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
def test_a_complaint_is_acknowledged_at_once() -> None:
    request = desk.asked(right="complaint")
    assert request.acknowledged_at is not None
    assert len(desk.letters("requests.received")) == 1
