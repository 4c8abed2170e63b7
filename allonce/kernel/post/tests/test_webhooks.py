"""Reports of relays: only signed ones, stored once, reduced, and harmless in any order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from allonce.kernel.post import ports
from allonce.kernel.post.events import known_as, message_hash, standing
from allonce.kernel.post.models import DeliveryEvent
from allonce.kernel.post.tests.webhooks import MAILGUN_KEY, Postal, mailgun, report

pytestmark = [pytest.mark.django_db, pytest.mark.promise("MAIL-RELAY")]

MESSAGE = "<abc@allonce.example>"
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


class Heard:
    def __init__(self) -> None:
        self.events: list[tuple[str, str, str]] = []

    def on_event(self, message_hash: str, state: str, reason: str, at: datetime, event_id: str) -> None:
        self.events.append((message_hash, state, reason))


@pytest.fixture
def heard() -> Iterator[Heard]:
    listener = Heard()
    before = ports._listeners[:]
    ports.register_delivery_events(listener)
    yield listener
    ports._listeners[:] = before


@pytest.fixture(autouse=True)
def _keys(settings: Settings) -> None:
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": MAILGUN_KEY}


def test_a_signed_bounce_is_heard_and_only_its_reduced_form_is_kept(client: Client, heard: Heard) -> None:
    assert report(client, mailgun(MESSAGE, "bounced", at=MONDAY)) == 200
    assert heard.events == [(message_hash(MESSAGE), "bounced", "bounced")]
    [kept] = DeliveryEvent.objects.values()
    assert kept["at"] == MONDAY
    assert "canary" not in repr(kept)
    assert "abc" not in repr(kept["message_hash"])


@pytest.mark.parametrize("key", ["", "guessed"])
def test_a_forged_report_is_refused(client: Client, heard: Heard, key: str) -> None:
    assert report(client, mailgun(MESSAGE, "bounced", key=key)) == 400
    assert not heard.events
    assert not DeliveryEvent.objects.exists()


def test_a_relay_that_nobody_set_up_has_no_webhook(client: Client, settings: Settings) -> None:
    settings.ANYMAIL = {}
    assert report(client, mailgun(MESSAGE, "bounced")) == 404
    assert report(client, "{}", relay="amazon_ses") == 404
    assert report(client, "{}", relay="no-such-relay") == 404


def test_a_report_that_arrives_twice_changes_nothing(client: Client, heard: Heard) -> None:
    body = mailgun(MESSAGE, "delivered", at=MONDAY)
    assert report(client, body) == report(client, body) == 200
    assert len(heard.events) == 1
    assert DeliveryEvent.objects.count() == 1


def test_what_a_recipient_does_with_a_mail_is_not_kept(client: Client, heard: Heard) -> None:
    assert report(client, mailgun(MESSAGE, "opened")) == 200
    assert not DeliveryEvent.objects.exists()


@pytest.mark.parametrize("order", list(permutations(["deferred", "delivered", "bounced"])))
def test_reports_in_any_order_end_alike(client: Client, heard: Heard, order: tuple[str, ...]) -> None:
    times = {"deferred": MONDAY + timedelta(hours=3), "delivered": MONDAY, "bounced": MONDAY + timedelta(hours=1)}
    for state in order:
        report(client, mailgun(MESSAGE, state, at=times[state], token=state))
    stands = standing(message_hash(MESSAGE))
    assert stands is not None
    assert stands.state == "bounced"
    assert heard.events[-1][1] == "bounced"


@given(st.permutations([("accepted", 0), ("deferred", 9), ("delivered", 2), ("bounced", 2), ("delivered", 1)]))
def test_the_fold_of_reports_ignores_their_order(reports: list[tuple[str, int]]) -> None:
    DeliveryEvent.objects.all().delete()
    for number, (state, hour) in enumerate(reports):
        DeliveryEvent.objects.create(
            event_hash=str(number), message_hash="m", state=state, at=MONDAY + timedelta(hours=hour)
        )
    stands = standing("m")
    assert stands is not None
    assert (stands.state, stands.at) == ("bounced", MONDAY + timedelta(hours=2))


def test_reports_under_the_relays_own_name_find_the_mail_even_before_we_knew_it(client: Client, heard: Heard) -> None:
    report(client, mailgun("<relay-7@mailgun>", "bounced", at=MONDAY))
    known_as(MESSAGE, "<relay-7@mailgun>")
    assert heard.events[-1] == (message_hash(MESSAGE), "bounced", "bounced")
    report(client, mailgun("<relay-7@mailgun>", "delivered", at=MONDAY + timedelta(hours=1), token="t2"))
    assert heard.events[-1] == (message_hash(MESSAGE), "delivered", "")


def test_postals_reports_are_checked_by_its_public_key(client: Client, heard: Heard, settings: Settings) -> None:
    postal = Postal.fresh()
    settings.ANYMAIL = {"POSTAL_WEBHOOK_KEY": postal.public_key}
    body = postal.bounce(17, MESSAGE)
    forged = Postal.fresh().sign(body)
    assert report(client, body, "postal", **{"X-Postal-Signature": forged}) == 400
    assert not heard.events
    assert report(client, body, "postal", **{"X-Postal-Signature": postal.sign(body)}) == 200
    assert heard.events == [(message_hash(MESSAGE), "bounced", "bounced")]


def test_a_relay_without_signatures_needs_the_secret_in_the_address(
    client: Client, heard: Heard, settings: Settings
) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:secret"}
    body = (
        '{"RecordType": "Bounce", "ID": 4, "Type": "HardBounce", "MessageID": "abc@allonce.example", '
        '"Email": "mary@example.com", "BouncedAt": "2026-11-16T09:00:00Z"}'
    )
    assert report(client, body, "postmark") == 400
    assert report(client, body, "postmark", Authorization="Basic dXNlcjpzZWNyZXQ=") == 200
    assert heard.events == [(message_hash(MESSAGE), "bounced", "bounced")]
