"""The office's list of what was sent."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from allonce.kernel import clock
from allonce.kernel.accounts.devices.tests.scene import PASSWORD, Shop, make_shop
from allonce.kernel.post.tests.relay import Relay
from allonce.kernel.post.tests.webhooks import mailgun, report
from allonce.kernel.privacy.retention.sweeping import sweep
from allonce.products.quoting.models import Delivery
from allonce.products.quoting.tests.jobs import Parcel, Poster

pytestmark = pytest.mark.django_db(transaction=True)


def office(shop: Shop) -> Client:
    client = Client()
    client.post("/sign-in/", {"email": shop.access.person.email, "password": PASSWORD})
    return client


def rows(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>|\s+", " ", row) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)][1:]


@pytest.mark.promise("MOBILE-BOUNCE")
def test_a_failed_mail_stands_first_with_its_reason_and_what_to_do(poster: Poster, relay: Relay) -> None:
    relay.refuse = {"mary@example.com"}
    poster.post(Parcel())
    relay.behave()
    poster.post(Parcel())
    page = office(poster.shop).get("/setup/sent/").content.decode()
    first, *others = rows(page)
    assert "Refused" in first
    assert "There is no such mailbox" in first
    assert "Customer" in first
    assert "JB" in first
    assert len(others) == 3
    assert "can send it again" in page
    assert "Mary" not in page


def test_each_mail_says_when_it_was_sent_and_when_its_state_changed(
    poster: Poster, relay: Relay, client: Client
) -> None:
    sent_at = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)
    with clock.travel(sent_at):
        poster.post(Parcel())
        signed_in = office(poster.shop)
        assert all("today 16:05" in row for row in rows(signed_in.get("/setup/sent/").content.decode()))
    with clock.travel(sent_at + timedelta(days=1, hours=2)):
        [mail] = relay.to("mary@example.com")
        report(client, mailgun(mail.message_id, "bounced", at=clock.now()))
        first = rows(office(poster.shop).get("/setup/sent/").content.decode())[0]
        assert "yesterday 16:05" in first
        assert "today 18:05" in first
    with clock.travel(sent_at + timedelta(days=9)):
        first = rows(office(poster.shop).get("/setup/sent/").content.decode())[0]
        assert "20 Nov 2026, 16:05" in first


def test_the_list_narrows_to_what_needs_attention_and_to_one_user(poster: Poster, relay: Relay) -> None:
    relay.refuse = {"mary@example.com"}
    poster.post(Parcel())
    signed_in = office(poster.shop)
    assert len(rows(signed_in.get("/setup/sent/?only=failed").content.decode())) == 1
    assert len(rows(signed_in.get("/setup/sent/?user=JB").content.decode())) == 2
    assert "Nothing of that kind" in signed_in.get("/setup/sent/?user=XX").content.decode()


@pytest.mark.promise("MAIL-RELAY")
def test_a_bounce_by_webhook_shows_in_the_office(poster: Poster, relay: Relay, client: Client) -> None:
    poster.post(Parcel())
    [sent] = relay.to("mary@example.com")
    report(client, mailgun(sent.message_id, "bounced"))
    first = rows(office(poster.shop).get("/setup/sent/").content.decode())[0]
    assert "Came back" in first


@pytest.mark.promise("SEC-TENANCY")
def test_another_shop_sees_an_empty_list(poster: Poster, relay: Relay) -> None:
    poster.post(Parcel())
    page = office(make_shop("other@shop.example", "XX")).get("/setup/sent/").content.decode()
    assert "Nothing sent yet" in page


def test_old_deliveries_are_forgotten(poster: Poster, relay: Relay) -> None:
    poster.post(Parcel())
    with clock.travel(clock.now() + timedelta(days=89)):
        sweep(pause=False)
        assert Delivery.objects.count() == 2
    with clock.travel(clock.now() + timedelta(days=91)):
        sweep(pause=False)
        assert Delivery.objects.count() == 0
