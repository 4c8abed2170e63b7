"""Months, working days and opening hours come out as a calendar on the wall would say."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel import clock
from allonce.kernel.clock import BusinessHours

days = st.dates(date(1900, 1, 1), date(2150, 1, 1))
modern = st.dates(date(2015, 1, 1), date(2040, 1, 1))
months = st.integers(-600, 600)
moments = st.integers(0, 400_000_000).map(lambda s: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


@given(days, months)
def test_months_move_the_month_by_just_that_many(day: date, count: int) -> None:
    moved = clock.add_months(day, count)
    assert (moved.year - day.year) * 12 + moved.month - day.month == count
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@given(days, months)
def test_months_there_and_back_lose_at_most_the_short_months_days(day: date, count: int) -> None:
    back = clock.add_months(clock.add_months(day, count), -count)
    assert timedelta() <= day - back <= timedelta(days=3)
    assert day.day > 28 or back == day


@given(days, days, months)
def test_months_keep_order(one: date, other: date, count: int) -> None:
    assert (one <= other) <= (clock.add_months(one, count) <= clock.add_months(other, count))


def test_a_month_from_the_31st_of_january_ends_on_the_last_of_february() -> None:
    assert clock.add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert clock.add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)


@given(modern, st.integers(0, 40))
def test_working_days_counted_forward_are_counted_between(day: date, count: int) -> None:
    after = clock.working_days_after(day, count)
    assert clock.working_days_between(day, after) == count
    assert count == 0 or clock.is_working_day(after)


def test_christmas_2026_and_its_substitute_day_are_no_working_days() -> None:
    assert date(2026, 12, 28) in clock.bank_holidays(2026)
    assert clock.working_days_after(date(2026, 12, 24), 1) == date(2026, 12, 29)


def test_nations_have_holidays_of_their_own() -> None:
    assert date(2026, 11, 30) in clock.bank_holidays(2026, "SCT")
    assert date(2026, 11, 30) not in clock.bank_holidays(2026, "ENG")


@given(moments, st.integers(1, 3000))
def test_a_deadline_lies_just_so_much_opening_time_ahead(start: datetime, minutes: int) -> None:
    hours = BusinessHours()
    span = timedelta(minutes=minutes)
    deadline = hours.deadline(start, span)
    assert hours.elapsed(start, deadline) == span
    assert not hours.is_open(deadline) or hours.is_open(deadline - timedelta(seconds=1))


def test_a_deadline_late_on_friday_runs_on_monday_across_the_change_of_clocks() -> None:
    friday = datetime(2026, 3, 27, 17, 0, tzinfo=ZoneInfo("Europe/London"))
    assert BusinessHours().deadline(friday, timedelta(hours=1)) == datetime(2026, 3, 30, 8, 30, tzinfo=UTC)


NIGHTS = BusinessHours(week={**dict.fromkeys(range(4), (time(22), time(6))), 5: (time(0), time(0))})


@given(moments, st.integers(1, 3000))
def test_a_deadline_counts_nights_and_whole_days(start: datetime, minutes: int) -> None:
    span = timedelta(minutes=minutes)
    assert NIGHTS.elapsed(start, NIGHTS.deadline(start, span)) == span


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ((2, 21, 59), False),
        ((2, 22, 0), True),
        ((3, 5, 59), True),
        ((3, 6, 0), False),
        ((7, 0, 0), True),
        ((7, 23, 59), True),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_opens(at: tuple[int, int, int], is_open: bool) -> None:
    assert NIGHTS.is_open(datetime(2026, 2, *at, tzinfo=ZoneInfo("Europe/London"))) is is_open


def test_a_bank_holidays_own_night_is_closed() -> None:
    # Monday 25 May 2026.
    assert not NIGHTS.is_open(datetime(2026, 5, 25, 23, tzinfo=ZoneInfo("Europe/London")))
    assert not NIGHTS.is_open(datetime(2026, 5, 26, 5, tzinfo=ZoneInfo("Europe/London")))


@pytest.mark.parametrize("week", [{}, {0: (time(9), time(9))}, {0: (time(22), time(10)), 1: (time(9), time(17))}])
def test_hours_that_say_nothing_or_run_into_the_next_day_are_refused(week: dict[int, tuple[time, time]]) -> None:
    with pytest.raises(ValueError, match=r"day closes|night ends"):
        BusinessHours(week=week)


def test_travel_stops_the_clock_and_gives_it_back() -> None:
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    with clock.travel(moment):
        assert clock.now() == moment
        assert clock.today() == date(2030, 1, 1)
    assert clock.now() != moment


def test_today_depends_on_the_zone() -> None:
    with clock.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 2)
        assert clock.today("America/New_York") == date(2026, 7, 1)


def test_a_shifted_clock_runs_ahead() -> None:
    before = clock.now()
    clock.shift(timedelta(days=400))
    try:
        assert clock.now() - before >= timedelta(days=400)
    finally:
        clock.shift(timedelta())
