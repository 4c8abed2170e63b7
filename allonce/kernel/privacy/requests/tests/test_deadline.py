"""The month, as the law counts it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.clock import add_months, is_working_day
from allonce.kernel.privacy.requests.deadline import Span, due_on, standing

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
LENGTHS = st.integers(0, 40)


@st.composite
def spans(draw: st.DrawFn, start: date) -> list[Span]:
    """Pauses in any order, overlapping or not, within a hundred days after `start`."""
    made = draw(st.lists(st.tuples(st.integers(0, 60), LENGTHS), max_size=4))
    return [Span(start + timedelta(days=at), start + timedelta(days=at + length)) for at, length in made]


@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas Day, a Saturday's substitute, a weekend
        (date(2026, 9, 21), date(2026, 10, 21)),
    ],
)
def test_the_answer_is_due_on_the_same_day_of_the_next_month_or_the_next_working_day(received: date, due: date) -> None:
    assert due_on(received, today=received) == due


@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
@given(DAYS, st.integers(0, 2))
def test_without_pauses_the_last_day_is_the_first_working_day_from_the_corresponding_date(
    received: date, extra: int
) -> None:
    due, exact = due_on(received, today=received, extra_months=extra), add_months(received, 1 + extra)
    assert is_working_day(due)
    assert exact <= due
    assert not any(is_working_day(exact + timedelta(days=off)) for off in range((due - exact).days))


@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
@given(st.data(), DAYS)
def test_each_day_on_which_the_clock_stood_counts_once_and_in_any_order(data: st.DataObject, received: date) -> None:
    pauses = data.draw(spans(received))
    end = received + timedelta(days=400)
    covered = [
        start + timedelta(days=off)
        for start, stop in standing(pauses, received, end)
        for off in range((stop - start).days)
    ]
    asked = {
        span.start + timedelta(days=off) for span in pauses for off in range(((span.end or end) - span.start).days)
    }
    assert covered == sorted(asked)
    assert due_on(received, pauses, today=end) == due_on(received, list(reversed(pauses)), today=end)
    assert due_on(received, pauses, today=end) >= due_on(received, today=end)


@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
@given(DAYS, st.integers(0, 25), st.integers(1, 200))
def test_while_the_clock_stands_the_last_day_moves_with_each_day(received: date, at: int, length: int) -> None:
    start = received + timedelta(days=at)
    dues = [due_on(received, [Span(start)], today=start + timedelta(days=off)) for off in range(0, length, 9)]
    assert dues == sorted(dues)
    assert all(
        due > start + timedelta(days=off) - timedelta(days=1)
        for off, due in zip(range(0, length, 9), dues, strict=True)
    )


@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
@given(DAYS, st.integers(1, 60))
def test_a_pause_after_the_last_day_makes_no_late_answer_early(received: date, length: int) -> None:
    due = due_on(received, today=received)
    pause = Span(due + timedelta(days=1), due + timedelta(days=1 + length))
    assert due_on(received, [pause], today=due + timedelta(days=200)) == due


@pytest.mark.promise("PRIV-RIGHTS-CLOCK")
def test_overlapping_pauses_are_one() -> None:
    received = date(2026, 9, 1)
    pauses = [Span(date(2026, 9, 5), date(2026, 9, 10)), Span(date(2026, 9, 8), date(2026, 9, 12))]
    assert standing(pauses, received, date(2026, 9, 30)) == [(date(2026, 9, 5), date(2026, 9, 12))]
    assert due_on(received, pauses, today=date(2026, 9, 30)) == date(2026, 10, 8)
