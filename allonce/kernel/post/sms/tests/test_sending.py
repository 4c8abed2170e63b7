"""Text messages that leave: with consent, once, and not to who said STOP."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel import jobs, post
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, travel
from allonce.kernel.errors import TooMany
from allonce.kernel.jobs.models import Job
from allonce.kernel.post import sms
from allonce.kernel.post.ports import ProcessorNotAllowed, connectors_in_use
from allonce.kernel.post.sms import ports
from allonce.kernel.post.sms.models import Sms
from allonce.kernel.post.sms.sending import TextRefused
from allonce.kernel.post.sms.tests.conftest import new_account
from allonce.kernel.post.sms.tests.gateway import Gateway, tell

pytestmark = pytest.mark.django_db(transaction=True)
MARY = "+447700900123"
OLIVIA = Actor("person", uuid4())


def sent(account: UUID, text: str = "The blue one is here.", *, to: str = MARY, key: str = "") -> UUID:
    return post.send_sms(account, to, text, key=key or f"chat:{uuid4()}", consent="chat.consent:1")


def due_again() -> None:
    Job.objects.update(run_at=now())
    jobs.run_due()


def test_a_text_does_not_arrive_or_leaves_its_words_behind(account: UUID, gateway: Gateway) -> None:
    sms_id = sent(account)
    jobs.run_due()
    [taken] = gateway.taken
    assert (taken["to"], taken["from"], taken["text"]) == (MARY, "+447700900000", "The blue one is here.")
    kept = Sms.objects.get(id=sms_id)
    assert (kept.state, kept.content, kept.parts) == ("accepted", None, 1)


def test_a_gateway_with_words_of_its_own_is_not_understood(account: UUID, gateway: Gateway, settings: Settings) -> None:
    fields = settings.SMS["fields"] | {"to": "msisdn", "text": "body"}
    settings.SMS = settings.SMS | {"form": True, "fields": fields}
    sent(account, "Grüße & more")
    jobs.run_due()
    [taken] = gateway.taken
    assert (taken["msisdn"], taken["body"]) == (MARY, "Grüße & more")


def test_an_account_with_its_own_number_sends_from_the_shared_one(account: UUID, gateway: Gateway) -> None:
    sms.assign_number(account, "+447700900555", OLIVIA)
    sent(account)
    jobs.run_due()
    assert gateway.taken[0]["from"] == "+447700900555"


def test_a_text_whose_cause_is_rolled_back_leaves(account: UUID, gateway: Gateway) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        sent(account)
        raise RuntimeError
    jobs.run_due()
    assert not gateway.taken


def test_the_same_key_is_texted_twice(account: UUID, gateway: Gateway) -> None:
    assert sent(account, key="chat:1") == sent(account, key="chat:1")
    jobs.run_due()
    assert len(gateway.taken) == 1


def test_a_lost_answer_bills_a_second_text(account: UUID, gateway: Gateway) -> None:
    gateway.server.hang_up = True
    sms_id = sent(account)
    jobs.run_due()
    assert (Sms.objects.get(id=sms_id).state, Sms.objects.get(id=sms_id).reason) == ("waiting", "no_answer")
    gateway.server.hang_up = False
    due_again()
    assert Sms.objects.get(id=sms_id).state == "accepted"
    assert len(gateway.server.calls) == 2
    assert len(gateway.taken) == 1


def test_a_gateway_that_is_busy_for_good_is_asked_for_ever(account: UUID, gateway: Gateway) -> None:
    gateway.server.status = 503
    sms_id = sent(account)
    jobs.run_due()
    assert Sms.objects.get(id=sms_id).state == "waiting"
    with travel(now() + timedelta(hours=13)):
        due_again()
    kept = Sms.objects.get(id=sms_id)
    assert (kept.state, kept.reason, kept.content) == ("failed", "relay_busy", None)


def test_a_refused_text_is_tried_again(account: UUID, gateway: Gateway) -> None:
    gateway.server.status = 422
    sms_id = sent(account)
    jobs.run_due()
    due_again()
    assert Sms.objects.get(id=sms_id).state == "refused"
    assert len(gateway.server.calls) == 1


def test_a_text_leaves_without_a_consent(account: UUID, gateway: Gateway) -> None:
    with pytest.raises(ValueError, match="consent"):
        post.send_sms(account, MARY, "Hi", key="chat:1", consent="")
    with pytest.raises(TypeError):
        post.send_sms(account, MARY, "Hi", key="chat:1")  # type: ignore[call-arg]
    assert not Sms.objects.exists()


@pytest.mark.parametrize(
    "number", ["", "hello", "07400123456", "+44", "+442079460000", "+449098790000", "+44700", "+999123456789"]
)
def test_a_number_that_cannot_or_should_not_be_texted_is_taken(account: UUID, gateway: Gateway, number: str) -> None:
    with pytest.raises(sms.NumberRefused):
        sent(account, to=number)
    assert not Sms.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2000, "a\x00b"])
def test_no_text_or_an_endless_one_is_taken(account: UUID, gateway: Gateway, text: str) -> None:
    with pytest.raises(TextRefused):
        sent(account, text)


def test_a_text_leaves_though_no_gateway_is_set_up(account: UUID) -> None:
    assert not sms.sms_offered()
    with pytest.raises(sms.SmsNotOffered):
        sent(account)


@pytest.mark.promise("PRIV-PROCESSORS")
def test_a_text_leaves_by_a_gateway_that_nobody_approved(account: UUID, gateway: Gateway, settings: Settings) -> None:
    sent(account)
    settings.SMS = settings.SMS | {"url": "https://sms.example/messages"}
    assert "sms:acme" in connectors_in_use()
    with pytest.raises(ProcessorNotAllowed):
        sent(account, to="+447400123456")
    jobs.run_due()
    assert (Sms.objects.get().state, Sms.objects.get().reason) == ("waiting", "relay_setup")


def test_one_person_or_one_account_can_be_texted_without_end(
    account: UUID, gateway: Gateway, settings: Settings
) -> None:
    for _ in range(30):
        sent(account)
    with pytest.raises(TooMany):
        sent(account)
    sent(account, to="+447700900999")
    settings.SMS = settings.SMS | {"account_day": 31}
    with pytest.raises(TooMany):
        sent(account, to="+447700900998")


def stop_by_webhook(account: UUID, client: Client) -> None:
    told = {"from": MARY, "to": "+447700900000", "text": "Stop."}
    assert tell(client, told) == 204
    jobs.run_due()


def stop_by_hand(account: UUID, client: Client) -> None:
    sms.stop_number(account, MARY, OLIVIA)


@pytest.mark.parametrize("stop", [stop_by_webhook, stop_by_hand])
def test_who_said_stop_is_texted(
    account: UUID, gateway: Gateway, client: Client, stop: Callable[[UUID, Client], None]
) -> None:
    sent(account)
    jobs.run_due()
    stop(account, client)
    with pytest.raises(sms.NumberStopped):
        sent(account)
    assert sms.is_stopped(account, MARY)
    assert len(gateway.taken) == 1


def test_a_text_that_waits_leaves_after_stop(account: UUID, gateway: Gateway, client: Client) -> None:
    sent(account)
    gateway.server.status = 503
    jobs.run_due()
    stop_by_webhook(account, client)
    gateway.server.status = 200
    due_again()
    assert (Sms.objects.get().state, Sms.objects.get().content) == ("stopped", None)
    assert not gateway.taken


def test_a_stop_to_one_account_silences_another(gateway: Gateway) -> None:
    one, other = new_account(), new_account()
    sms.stop_number(one, MARY, OLIVIA)
    assert not sms.is_stopped(other, MARY)
    sent(other)
    assert Sms.objects.get().account_id == other


def test_a_recalled_text_leaves(account: UUID, gateway: Gateway) -> None:
    sent(account, key="chat:1")
    assert sms.recall_sms(account, ["chat:1"]) == 1
    jobs.run_due()
    assert not gateway.taken


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(ports, "_states", [lambda *told: found.append(told)])
    return found


def test_a_report_changes_nothing_or_is_taken_twice(
    account: UUID, gateway: Gateway, client: Client, states: list[Any]
) -> None:
    sms_id = sent(account, key="chat:1")
    jobs.run_due()
    report = {"id": "gw-1", "status": "DELIVRD"}
    assert tell(client, report, message_id="r1") == 204
    assert tell(client, report, message_id="r1") == 204
    jobs.run_due()
    assert Sms.objects.get(id=sms_id).state == "delivered"
    assert states == [(account, "chat:1", "accepted", ""), (account, "chat:1", "delivered", "")]


def test_an_older_report_outweighs_a_newer_one(account: UUID, gateway: Gateway, client: Client) -> None:
    sms_id = sent(account)
    jobs.run_due()
    named = {"reference": gateway.taken[0]["reference"]}
    for number, (status, at) in enumerate([("delivered", 2000), ("failed", 1000), ("sent", 3000)]):
        assert tell(client, named | {"status": status, "at": at}, message_id=f"r{number}") == 204
        jobs.run_due()
    assert Sms.objects.get(id=sms_id).state == "delivered"


def test_a_report_that_overtakes_the_gateways_answer_is_lost(account: UUID, gateway: Gateway, client: Client) -> None:
    sms_id = sent(account)
    assert tell(client, {"id": "gw-1", "status": "undelivered"}) == 204
    jobs.run_due()
    due_again()
    assert (Sms.objects.get(id=sms_id).state, Sms.objects.get(id=sms_id).reason) == ("undelivered", "bounced")
    assert not Job.objects.exists()
