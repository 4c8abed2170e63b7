"""Mail through web relays: outcomes from their answers, keys that make repetition harmless, and looking up."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel import clock
from allonce.kernel.post import RelayMail, message_id_for, relay_now
from allonce.kernel.post.lookup import relay_lookup
from allonce.kernel.post.mailbox.letters import Letter
from allonce.kernel.post.relay import knows_keys
from allonce.kernel.post.tests.mailboxes import running_mailbox
from allonce.kernel.post.tests.web_relay import WebRelay, running_web_relay

MAIL = RelayMail(
    to="mary@example.com",
    subject="Your quote",
    text="Dear Mary",
    message_id=message_id_for("web"),
    idempotency_key="one-key",
)


@pytest.fixture
def web_relay(settings: Settings) -> Iterator[WebRelay]:
    with running_web_relay() as made:
        settings.ANYMAIL = {
            "RESEND_API_KEY": "k",
            "RESEND_API_URL": made.url,
            "MAILGUN_API_KEY": "k",
            "MAILGUN_SENDER_DOMAIN": "allonce.example",
            "MAILGUN_API_URL": f"{made.url}/v3",
            "REQUESTS_TIMEOUT": 2,
        }
        yield made


@pytest.fixture
def resend(settings: Settings, web_relay: WebRelay) -> WebRelay:
    settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
    return web_relay


@pytest.fixture
def mailgun(settings: Settings, web_relay: WebRelay) -> WebRelay:
    settings.EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"
    return web_relay


def test_the_relays_own_name_for_a_mail_comes_with_its_acceptance(resend: WebRelay) -> None:
    outcome = relay_now(MAIL)
    assert (outcome.state, outcome.relay_id) == ("accepted", "relay-1")
    assert resend.mails[0]["headers"]["Message-ID"] == MAIL.message_id


@pytest.mark.promise("MOBILE-POST")
def test_where_the_relay_knows_keys_a_lost_answer_is_settled_by_repeating(resend: WebRelay) -> None:
    assert knows_keys()
    resend.hang_up_after_taking = True
    assert relay_now(MAIL).state == "retry"
    resend.hang_up_after_taking = False
    assert relay_now(MAIL).state == "accepted"
    assert len(resend.mails) == 1


def test_where_the_relay_knows_no_keys_a_lost_answer_is_uncertain(mailgun: WebRelay) -> None:
    assert not knows_keys()
    mailgun.hang_up_after_taking = True
    assert relay_now(MAIL).state == "uncertain"


@pytest.mark.parametrize(
    ("status", "state"),
    [(400, "refused"), (413, "refused"), (401, "retry"), (429, "retry"), (503, "retry"), (502, "uncertain")],
)
def test_each_answer_of_the_relay_has_its_outcome(mailgun: WebRelay, status: int, state: str) -> None:
    mailgun.status = status
    assert relay_now(MAIL).state == state
    assert not mailgun.mails


def test_a_web_relay_that_cannot_be_reached_took_nothing(mailgun: WebRelay, settings: Settings) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_API_URL": "http://127.0.0.1:9/v3"}
    outcome = relay_now(MAIL)
    assert (outcome.state, outcome.detail) == ("retry", "relay_down")


def test_looking_up_finds_what_was_taken_and_is_patient_with_what_was_not(settings: Settings) -> None:
    with running_mailbox() as mailbox:
        settings.ANYMAIL = {"MAILGUN_API_KEY": "k", "MAILGUN_API_URL": f"{mailbox.url}/v3"}
        raw = f"Message-ID: {MAIL.message_id}\r\n\r\nHi".encode()
        find, moment = relay_lookup().find, clock.now()
        assert find(MAIL.message_id, handed_at=moment) == "not_yet"
        assert find(MAIL.message_id, handed_at=moment - timedelta(minutes=11)) == "never_taken"
        mailbox.store.add(Letter.taken(recipient="mary@example.com", sender="", raw=raw))
        assert find(MAIL.message_id, handed_at=moment) == "taken"


def test_a_relay_that_cannot_be_asked_is_not_waited_for_for_ever(settings: Settings) -> None:
    settings.ANYMAIL = {"MAILGUN_API_KEY": "k", "MAILGUN_API_URL": "http://127.0.0.1:9/v3"}
    find, moment = relay_lookup().find, clock.now()
    assert find(MAIL.message_id, handed_at=moment) == "not_yet"
    assert find(MAIL.message_id, handed_at=moment - timedelta(hours=2)) == "cannot_tell"
    settings.ANYMAIL = {}
    assert relay_lookup().find(MAIL.message_id, handed_at=moment) == "cannot_tell"
