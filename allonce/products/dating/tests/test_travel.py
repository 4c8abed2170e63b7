"""Days in another town: dates there, at noon there, and home by itself."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from allonce.kernel import clock
from allonce.kernel.audit import Actor
from allonce.kernel.privacy.rights.services import erasing
from allonce.products.dating import jobs, places
from allonce.products.dating.models import Date, PairingEntry, Trip
from allonce.products.dating.services import daily, profile, travel
from allonce.products.dating.tests.scene import ZONE, Dater, join, maya, noah
from allonce.products.dating.tests.spending import NEXT_DAY, at, copy_of

pytestmark = pytest.mark.django_db
AUCKLAND = "Pacific/Auckland"


def go(who: Dater, place: str, first: date, last: date) -> str:
    given = {"place": place, "first": first.isoformat(), "last": last.isoformat()}
    return who.client.post("/dating/you/travel/", given, follow=True).content.decode()


def test_a_trip_brings_dates_of_that_town_at_noon_there_and_lapses_by_itself() -> None:
    with at():
        one, there = maya(), join("Theo", "man", "woman", town="Auckland")
        first = date(2026, 12, 3)
        assert "Auckland" in go(one, "Auckland", first, first + timedelta(days=2))
        assert one.again().zone == ZONE
    midnight = datetime(2026, 12, 3, tzinfo=ZoneInfo(AUCKLAND))
    with clock.travel(midnight + timedelta(minutes=1)):
        travel.turn(clock.now())
        assert (one.again().zone, one.again().place) == (AUCKLAND, "Auckland")
        for each in (one, there):
            each.client.get("/dating/you/")
    with clock.travel(midnight + timedelta(hours=12, minutes=1)):
        assert (AUCKLAND, first) in daily.due(clock.now())
        jobs.noon()
        page = there.client.get("/dating/today/").content.decode()
        assert one.date.other == there.member
        assert "Visiting Auckland" in page and "You are in the same town these days." in page
        assert "You live in" not in page
    with clock.travel(midnight + timedelta(days=3)):
        jobs.noon()
        assert (one.again().zone, one.again().place) == (ZONE, "York")
        assert one.again().spot == one.member.spot and not Trip.objects.exists()
        assert "Visiting" not in one.client.get("/dating/you/").content.decode()


def test_a_trip_from_today_begins_at_once_and_cancelled_brings_home_at_once() -> None:
    with at():
        one, _there, _home = maya(), join("Theo", "man", "woman", town="Leeds"), noah()
        today = clock.now().date()
        before = bytes(PairingEntry.objects.get(member=one.member).packed)
        go(one, "Leeds", today, today)
        assert one.again().place == "Leeds"
        assert bytes(PairingEntry.objects.get(member=one.member).packed) != before
        assert "where you live again" in one.client.post("/dating/you/travel/cancel/", follow=True).content.decode()
        assert one.again().place == "York" and not Trip.objects.exists()
        assert bytes(PairingEntry.objects.get(member=one.member).packed) == before
        assert one.client.post("/dating/you/travel/cancel/").status_code == 404


@pytest.mark.parametrize(
    ("place", "first", "last", "says"),
    [
        ("Leeds", -1, 3, "from today on"),
        ("Leeds", 200, 203, "within half a year"),
        ("Leeds", 3, 2, "at most 30 days"),
        ("Leeds", 0, 30, "at most 30 days"),
        ("Nowhereville", 0, 3, "do not know this town"),
        ("York", 0, 3, "where you live"),
    ],
)
def test_days_or_towns_that_do_not_fit_are_refused_in_words(place: str, first: int, last: int, says: str) -> None:
    with at():
        one = maya()
        today = clock.now().date()
        page = go(one, place, today + timedelta(days=first), today + timedelta(days=last))
    assert says in page and not Trip.objects.exists()


def test_thirty_days_fit_and_a_second_trip_waits_for_the_first() -> None:
    with at():
        one = maya()
        today = clock.now().date()
        go(one, "Leeds", today, today + timedelta(days=29))
        page = go(one, "Hull", today, today)
    assert Trip.objects.get().town["place"] == "Leeds" and "Cancel the trip" in page


def test_who_moves_house_during_a_trip_comes_back_to_the_new_home() -> None:
    with at():
        one = maya()
        go(one, "Leeds", clock.now().date(), clock.now().date())
        hull = places.named("Hull")
        assert hull
        assert 'value="York"' in one.client.get("/dating/you/hopes/").content.decode()
        profile.live_in(one.again(), hull)
        assert one.again().place == "Leeds"
        travel.cancel(one.again())
    assert one.again().place == "Hull"


def test_a_run_that_never_saw_the_trip_begin_ends_it_and_nothing_moved() -> None:
    with at():
        one = maya()
        first = clock.now().date() + timedelta(days=1)
        go(one, "Leeds", first, first)
    with at(24 * 5):
        travel.turn(clock.now())
    assert one.again().place == "York" and not Trip.objects.exists()


def test_a_date_of_home_runs_on_and_there_is_one_date_a_day() -> None:
    with at():
        one, other = maya(), noah()
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
        go(one, "Leeds", NEXT_DAY, NEXT_DAY)
        daily.run(ZONE, NEXT_DAY)
        assert "Noah" in one.client.get("/dating/today/").content.decode()
    assert Date.objects.filter(member=other.member).count() == 1


def test_the_copy_says_where_and_when_and_leaving_removes_it() -> None:
    with at():
        one = maya()
        go(one, "Leeds", clock.now().date(), clock.now().date())
        assert "Leeds" in copy_of(one) and "York" in copy_of(one)
        erasing.erase_person(one.member.person_id, actor=Actor(kind="person", id=one.member.person_id))
    assert not Trip.objects.exists()


def test_midnight_is_that_of_the_town() -> None:
    with clock.travel(datetime(2026, 12, 2, 10, 59, tzinfo=UTC)):
        one = maya()
        go(one, "Auckland", date(2026, 12, 3), date(2026, 12, 3))
        travel.turn(clock.now())
        assert one.again().place == "York"
    with clock.travel(datetime(2026, 12, 2, 11, 0, tzinfo=UTC)):
        travel.turn(clock.now())
        assert one.again().place == "Auckland"
