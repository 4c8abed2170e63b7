"""A Merchant's figures against a month whose outcome is known, in its own time zone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from allonce.kernel import clock
from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import add_months, today
from allonce.products.chat.doors import Door
from allonce.products.chat.leads.models import Lead
from allonce.products.chat.leads.tests.scene import FOCUS, NIA, PAGE, Dealer, dealer
from allonce.products.chat.models import HourlyCount
from allonce.products.chat.reports import figures, providers
from allonce.products.chat.reports.models import ProviderFigure
from allonce.products.chat.reports.spans import span
from allonce.products.chat.services import ending, placing, set_up, starting, visiting

pytestmark = [pytest.mark.django_db, pytest.mark.promise("CHAT-REPORTS")]
NOON = datetime(2026, 7, 10, 11, tzinfo=UTC)  # noon in London


@pytest.fixture
def fenwick() -> Dealer:
    with clock.travel(NOON - timedelta(days=5)):
        return dealer()


def talk(fenwick: Dealer, began: datetime, wait: int, length: int, stars: int = 0) -> Lead:
    """A conversation that is answered after so many seconds and lasts so many."""
    from uuid import uuid4

    from allonce.kernel import messaging
    from allonce.kernel.messaging import Draft
    from allonce.products.chat.services import answering

    with clock.travel(began):
        conversation = fenwick.asks(contact=NIA.__class__("V", f"v{uuid4().hex}@post.example"))
        answering.accept(fenwick.at_work, conversation.id)
    with clock.travel(began + timedelta(seconds=wait)):
        messaging.append(conversation.id, fenwick.agent.seat, Draft(uuid4(), "text", {"text": "Hello"}))
    with clock.travel(began + timedelta(seconds=length)):
        if stars:
            visiting.rate(conversation.id, stars, "")
        return fenwick.closes(conversation)


def test_requests_answers_waits_lengths_and_stars_are_counted(fenwick: Dealer) -> None:
    won = talk(fenwick, NOON, 10, 60, 5)
    talk(fenwick, NOON + timedelta(hours=1), 30, 120, 4)
    talk(fenwick, NOON + timedelta(hours=1), 50, 300)
    Lead.objects.filter(pk=won.pk).update(state="won")
    with clock.travel(NOON):
        missed = fenwick.asks(listing=FOCUS | {"id": "F-3"})
        fenwick.leaves(listing=FOCUS | {"id": "F-4"})
    with clock.travel(NOON + timedelta(minutes=10)):
        ending.give_up_waiting(missed.id)
    total = figures.report(fenwick.client, span("Europe/London", "2026-07-10", "2026-07-10")).total
    assert (total.requests, total.answered, total.missed, total.offline) == (5, 3, 1, 1)
    assert (total.leads, total.won) == (5, 1)
    assert (total.first_response, total.length, total.satisfaction) == (30, 120, 4.5)
    assert total.answered_percent == 75


def test_days_and_hours_are_the_clients_own(fenwick: Dealer) -> None:
    late = datetime(2026, 7, 10, 23, 30, tzinfo=UTC)
    talk(fenwick, late, 10, 60)
    here = figures.report(fenwick.client, span("Europe/London", "2026-07-11", "2026-07-11"))
    assert here.total.requests == 1
    assert here.tables["hour"]["00:00"].requests == 1
    there = figures.report(fenwick.client, span("America/New_York", "2026-07-10", "2026-07-10"))
    assert there.tables["hour"]["19:00"].requests == 1


def test_figures_are_told_apart_by_source_placement_page_and_agent(fenwick: Dealer) -> None:
    talk(fenwick, NOON, 10, 60)
    found = figures.report(fenwick.client, span("Europe/London", "2026-07-10", "2026-07-10")).tables
    assert list(found["source"]) == ["Fenwick Cars"]
    assert list(found["placement"]) == ["Every page"]
    assert list(found["page"]) == ["fenwick.example/f-114"]
    assert list(found["agent"]) == ["Dana"]


def test_a_page_is_counted_without_what_could_be_somebodys(fenwick: Dealer) -> None:
    with clock.travel(NOON):
        opening = starting.Opening(uuid4(), "Hi", {"url": "https://f.example/a?email=nia@post.example#x"}, {}, NIA)
        starting.start(fenwick.door, opening, "198.51.100.7")
    found = figures.report(fenwick.client, span("Europe/London", "2026-07-10", "2026-07-10")).tables
    assert list(found["page"]) == ["f.example/a"]


def test_presence_is_how_often_somebody_was_there_when_the_button_was_shown(fenwick: Dealer) -> None:
    named = {"account": fenwick.account, "hour": NOON, "placement_id": fenwick.placement.id, "peer_id": uuid4()}
    HourlyCount.objects.create(**named, kind="shown_online", count=30)
    HourlyCount.objects.create(**named, kind="shown_offline", count=10)
    found = figures.report(fenwick.client, span("Europe/London", "2026-07-10", "2026-07-10"))
    assert found.shown.percent == 75


def test_another_clients_conversations_are_never_counted(fenwick: Dealer) -> None:
    with clock.travel(NOON):
        other = dealer("Harbour Motors", "Hal Harbour")
        other.leaves()
    over = span("Europe/London", "2026-07-10", "2026-07-10")
    assert figures.report(fenwick.client, over).total.requests == 0
    assert figures.report(other.client, over).total.requests == 1


def test_spans_are_put_in_order_and_bounded() -> None:
    with clock.travel(NOON):
        assert span("Europe/London", "2026-07-10", "2026-07-01").since.isoformat() == "2026-07-01"
        assert len(span("Europe/London", "1999-01-01", "2026-07-01").days()) == 367
        assert len(span("Europe/London", "nonsense", "").days()) == 30


def test_pages_plots_and_tables_open_and_formulas_stay_text(fenwick: Dealer) -> None:
    talk(fenwick, NOON, 10, 60, 5)
    query = {"since": "2026-07-10", "until": "2026-07-10"}
    with clock.travel(NOON):
        page = fenwick.who.client.get("/chat/reports/", query).content.decode()
        table = fenwick.who.client.get("/chat/reports/figures.csv", query).content.decode()
        talks = fenwick.who.client.get("/chat/reports/conversations.csv", query).content.decode()
    assert "<polyline" in page and "Every page" in page
    assert "total,,1,1,0,0,1,0,10.0,10.0,60.0,5.0,1" in table
    assert "2026-07-10 12:00:00" in talks
    assert "Is it still there?" not in talks and "v@post.example" not in talks


@pytest.fixture
def listing(fenwick: Dealer) -> tuple[Any, Door]:
    who = people.owner("Motor Lists", "Lena List")
    entitlements.grant(who.account.id, "chat", add_months(today(), 12), actor=SYSTEM)
    provider = set_up.open_client(who.account, "provider", "Motor Lists", actor=SYSTEM)
    placement = placing.save_placement(provider, None, {"title": "Listings"}, actor=SYSTEM)
    set_up.list_merchant(provider, fenwick.client, "D-9", actor=SYSTEM)
    return who, Door(placement, fenwick.client, provider, "D-9")


@pytest.mark.promise("CHAT-PURPOSE-LIMIT")
def test_a_provider_sees_numbers_by_month_and_never_a_conversation(fenwick: Dealer, listing: tuple[Any, Door]) -> None:
    who, door = listing
    assert door.provider is not None
    with clock.travel(NOON):
        for number in range(12):
            contact = NIA.__class__(f"Visitor {number}", f"v{number}@post.example")
            starting.leave_message(door, starting.Opening(uuid4(), "Secret words", PAGE, {}, contact), "198.51.100.7")
    assert ProviderFigure.objects.get(kind="offline").count == 12
    with clock.travel(NOON):
        assert providers.months(door.provider) == []
    with clock.travel(NOON + timedelta(days=31)):
        [month] = providers.months(door.provider)
        assert (month.rows["D-9"].offline, month.rows["D-9"].leads, month.rest) == (12, 12, None)
        page = who.client.get("/chat/reports/").content.decode()
        table = who.client.get("/chat/reports/figures.csv").content.decode()
    for shown in (page, table):
        assert "D-9" in shown
        assert "Secret words" not in shown and "Visitor 1" not in shown and "v1@post.example" not in shown


def test_a_month_of_too_few_is_not_shown_to_a_provider(fenwick: Dealer, listing: tuple[Any, Door]) -> None:
    _who, door = listing
    assert door.provider is not None
    with clock.travel(NOON):
        starting.leave_message(door, starting.Opening(uuid4(), "Hello", PAGE, {}, NIA), "198.51.100.7")
    with clock.travel(NOON + timedelta(days=31)):
        assert providers.months(door.provider) == []
