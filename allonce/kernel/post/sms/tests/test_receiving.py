"""Text messages that come in: signed, heard once, STOP before anything else."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel import jobs, post
from allonce.kernel.audit import Actor
from allonce.kernel.post import sms
from allonce.kernel.post.sms import ports
from allonce.kernel.post.sms.models import Heard, Incoming, Stop, StopForAll
from allonce.kernel.post.sms.ports import InboundSms
from allonce.kernel.post.sms.senders import NumberTaken
from allonce.kernel.post.sms.tests.conftest import new_account
from allonce.kernel.post.sms.tests.gateway import Gateway, tell

pytestmark = pytest.mark.django_db(transaction=True)
MARY = "+447700900123"
SHARED = "+447700900000"
SAM = Actor("staff", uuid4())


def text(words: str, to: str = SHARED) -> dict[str, Any]:
    return {"from": MARY, "to": to, "text": words}


def texted_by(account: UUID) -> None:
    post.send_sms(account, MARY, "Hello", key=f"chat:{uuid4()}", consent="chat.consent:1")
    jobs.run_due()


def test_an_answer_is_not_heard_or_its_words_stay(
    account: UUID, gateway: Gateway, client: Client, heard: list[InboundSms]
) -> None:
    texted_by(account)
    assert tell(client, text("Is it still there?")) == 204
    assert Incoming.objects.count() == 1
    jobs.run_due()
    [message] = heard
    assert (message.sender, message.text, message.word) == (MARY, "Is it still there?", "")
    assert message.account_ids == (account,)
    assert not Incoming.objects.exists()


def test_a_replayed_call_is_heard_again(gateway: Gateway, client: Client, heard: list[InboundSms]) -> None:
    for _ in range(3):
        assert tell(client, text("Hello"), message_id="same") == 204
        jobs.run_due()
    assert len(heard) == 1
    assert Heard.objects.count() == 1


def test_a_forged_or_old_call_is_believed(gateway: Gateway, client: Client, settings: Settings) -> None:
    other = "whsec_" + base64.b64encode(b"x" * 32).decode()
    assert tell(client, text("STOP"), secret=other) == 400
    assert tell(client, text("STOP"), at=int(time.time()) - 3600) == 400
    unsigned = client.post("/webhooks/sms/acme/", json.dumps(text("STOP")), content_type="application/json")
    assert unsigned.status_code == 400
    assert client.get("/webhooks/sms/acme/").status_code == 405
    assert client.post("/webhooks/sms/other/").status_code == 404
    settings.SMS = settings.SMS | {"webhook_secret": ""}
    assert client.post("/webhooks/sms/acme/", "{}", content_type="application/json").status_code == 404
    assert not Incoming.objects.exists()
    assert not Stop.objects.exists()


@pytest.mark.parametrize("told", [[], {}, "x", 7, [1], {"from": MARY}, {"text": "x"}, {"id": 3}, {"status": ""}])
def test_a_signed_call_that_says_nothing_breaks_something(gateway: Gateway, client: Client, told: Any) -> None:
    assert tell(client, told) in {204, 400}
    jobs.run_due()
    assert not Incoming.objects.exists()


def test_a_huge_or_endless_call_is_taken(gateway: Gateway, client: Client) -> None:
    assert tell(client, text("x" * 70_000)) == 413
    assert tell(client, [text("x")] * 101) == 413
    assert tell(client, [text("one"), text("two")]) == 204
    assert Incoming.objects.count() == 2


def test_a_gateway_that_signs_the_body_alone_is_not_understood(
    gateway: Gateway, client: Client, settings: Settings, heard: list[InboundSms]
) -> None:
    settings.SMS = settings.SMS | {"signature": "X-Acme-Signature", "webhook_secret": "plain words"}
    body = f"from={MARY.replace('+', '%2B')}&to=%2B447700900000&text=Hello"
    signature = hmac.new(b"plain words", body.encode(), hashlib.sha256).hexdigest()
    kind = "application/x-www-form-urlencoded"
    for given, status in ((signature, 204), (f"sha256={signature}", 204), (signature[:-1] + "x", 400), ("", 400)):
        answer = client.post("/webhooks/sms/acme/", body, content_type=kind, headers={"X-Acme-Signature": given})
        assert answer.status_code == status
    jobs.run_due()
    assert [each.text for each in heard] == ["Hello"]


def test_what_came_in_lies_readable_in_the_database(gateway: Gateway, client: Client) -> None:
    tell(client, text("canary words"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM post_sms_incoming")
        stored = repr([[bytes(each) if isinstance(each, memoryview) else each for each in row] for row in cursor])
    assert "canary" not in stored
    assert "7700900123" not in stored


@pytest.mark.parametrize(
    "words",
    ["STOP", "stop", " Stop! ", "StopAll", "STOP ALL", "Unsubscribe", "END", "quit.", "CANCEL", "ARRET", "arrêt"],
)
def test_a_word_for_stop_is_not_obeyed(account: UUID, gateway: Gateway, client: Client, words: str) -> None:
    texted_by(account)
    tell(client, text(words))
    jobs.run_due()
    assert sms.is_stopped(account, MARY)


@pytest.mark.parametrize("words", ["Can you stop by tomorrow?", "The end of the week", "stopped", "", "Don't stop"])
def test_an_ordinary_text_is_taken_for_stop(account: UUID, gateway: Gateway, client: Client, words: str) -> None:
    texted_by(account)
    tell(client, text(words))
    jobs.run_due()
    assert not sms.is_stopped(account, MARY)


def test_start_does_not_take_stop_back_or_stop_does_not_hold_again(
    account: UUID, gateway: Gateway, client: Client, heard: list[InboundSms]
) -> None:
    texted_by(account)
    standings = []
    for number, word in enumerate(["STOP", "START", "STOP"]):
        tell(client, text(word), message_id=f"m{number}")
        jobs.run_due()
        standings.append(sms.is_stopped(account, MARY))
    assert standings == [True, False, True]
    assert [each.word for each in heard] == ["stop", "start", "stop"]


def test_a_failing_listener_undoes_stop(
    account: UUID, gateway: Gateway, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_message: InboundSms) -> None:
        raise RuntimeError

    monkeypatch.setattr(ports, "_inbound", [fail])
    texted_by(account)
    tell(client, text("STOP"))
    jobs.run_due()
    assert sms.is_stopped(account, MARY)
    assert Incoming.objects.count() == 1


def test_stop_from_a_number_that_nobody_texted_is_forgotten(account: UUID, gateway: Gateway, client: Client) -> None:
    tell(client, text("STOP"))
    jobs.run_due()
    assert StopForAll.objects.count() == 1
    with pytest.raises(sms.NumberStopped):
        texted_by(account)
    tell(client, text("START"), message_id="m2")
    jobs.run_due()
    texted_by(account)


def test_stop_to_a_shared_number_reaches_only_one_of_those_who_texted(gateway: Gateway, client: Client) -> None:
    one, other, third = new_account(), new_account(), new_account()
    texted_by(one)
    texted_by(other)
    tell(client, text("STOP"))
    jobs.run_due()
    assert [sms.is_stopped(each, MARY) for each in (one, other, third)] == [True, True, False]


def test_an_answer_to_a_shared_number_is_given_to_one_of_two(
    gateway: Gateway, client: Client, heard: list[InboundSms]
) -> None:
    one, other = sorted([new_account(), new_account()])
    texted_by(one)
    texted_by(other)
    tell(client, text("Yes"))
    jobs.run_due()
    assert heard[0].account_ids == (one, other)


def test_an_answer_to_an_accounts_own_number_reaches_another(
    gateway: Gateway, client: Client, heard: list[InboundSms]
) -> None:
    one, other = new_account(), new_account()
    sms.assign_number(one, "+44 7700 900555", SAM)
    texted_by(one)
    texted_by(other)
    tell(client, text("STOP", to="447700900555"))
    jobs.run_due()
    assert heard[0].account_ids == (one,)
    assert (sms.is_stopped(one, MARY), sms.is_stopped(other, MARY)) == (True, False)


def test_two_accounts_hold_one_number() -> None:
    one, other = new_account(), new_account()
    sms.assign_number(one, "+447700900555", SAM)
    with pytest.raises(NumberTaken):
        sms.assign_number(other, "+44 7700 900 555", SAM)
    sms.release_number(one, SAM)
    sms.assign_number(other, "+447700900555", SAM)
    assert sms.number_of(one) == ""
    assert sms.number_of(other) == "+447700900555"


def test_equal_numbers_of_two_accounts_can_be_connected(gateway: Gateway) -> None:
    one, other = new_account(), new_account()
    for each in (one, other):
        texted_by(each)
        sms.stop_number(each, MARY, SAM)
    assert len(set(Stop.objects.values_list("number_hash", flat=True))) == 2
    assert len(set(sms.models.Sms.objects.values_list("number_hash", flat=True))) == 2
