"""The nightly list of those who wait for an answer, at each Client's own hour and once."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest

from allonce.kernel import clock
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.leads.services import awaiting
from allonce.products.chat.leads.tests.scene import Dealer, mails
from allonce.products.chat.models import ChatClient

pytestmark = [pytest.mark.django_db, pytest.mark.promise("CHAT-LEAD")]


def at(hour: int, day: int = 10, minute: int = 0) -> AbstractContextManager[None]:
    return clock.travel(datetime(2026, 7, day, hour, minute, tzinfo=UTC))


@pytest.fixture
def listed(fenwick: Dealer) -> Dealer:
    kept = settings_of(fenwick.account.id)
    kept.awaiting_addresses, kept.awaiting_hour = "late@f.example; boss@f.example", 18
    kept.save()
    ChatClient.objects.filter(account=fenwick.account).update(zone="America/New_York")
    return fenwick


def test_the_list_leaves_at_the_clients_own_hour_once_a_day(listed: Dealer) -> None:
    with at(9):
        listed.talks("Is it red?")
    with at(21, minute=50):
        assert awaiting.tell_all() == 0
    with at(22, minute=10):
        assert awaiting.tell_all() == 2
        assert awaiting.tell_all() == 0
    with at(23):
        assert awaiting.tell_all() == 0
    assert {each["to"] for each in mails("chat.awaiting")} == {"late@f.example", "boss@f.example"}
    assert "Nia New" in mails("chat.awaiting")[0]["text"]
    with at(22, day=11, minute=10):
        assert awaiting.tell_all() == 2


def test_nobody_waits_nothing_leaves(listed: Dealer) -> None:
    with at(9):
        listed.closes(listed.talks("Is it red?", "It is blue."))
    with at(22, minute=10):
        assert awaiting.tell_all() == 0
    assert not mails("chat.awaiting")


def test_an_empty_address_switches_it_off(fenwick: Dealer) -> None:
    with at(9):
        fenwick.talks("Is it red?")
    with at(20, minute=10):
        assert awaiting.tell_all() == 0


def test_an_hour_that_was_missed_by_little_is_made_up_for(listed: Dealer) -> None:
    with at(9):
        listed.talks("Is it red?")
    with at(3, day=11):
        assert awaiting.tell_all() == 2
    with at(3, day=11, minute=20):
        assert awaiting.tell_all() == 0
