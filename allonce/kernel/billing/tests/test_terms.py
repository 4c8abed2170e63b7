"""The arithmetic of terms."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.billing.catalogue.money import money
from allonce.kernel.billing.subscriptions import terms
from allonce.kernel.clock import add_months

MOMENTS = st.integers(min_value=1_767_225_600, max_value=1_956_528_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def test_a_term_ends_on_the_corresponding_day_and_short_months_do_not_shorten_those_after_them() -> None:
    begun = at(2027, 1, 31)
    assert [terms.end_of(begun, 1, n) for n in (1, 2, 3)] == [at(2027, 2, 28), at(2027, 3, 31), at(2027, 4, 30)]
    assert terms.end_of(at(2027, 11, 30), 3, 1) == at(2028, 2, 29)


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
def test_a_term_of_a_month_has_no_days_for_a_notice() -> None:
    for day in range(1, 32):
        begun = at(2027, 1, day)
        assert terms.notice_window(begun, terms.end_of(begun, 1, 1)) is None


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
@given(
    begun=MOMENTS,
    months=st.sampled_from([2, 3, 6, 12]),
    term=st.integers(min_value=1, max_value=9),
)
def test_the_notice_leaves_between_three_months_and_one_before_the_last_day(
    begun: datetime, months: int, term: int
) -> None:
    start, until = terms.end_of(begun, months, term - 1), terms.end_of(begun, months, term)
    window = terms.notice_window(start, until)
    assert window is not None
    last = (until - timedelta(hours=24)).date()
    assert add_months(last, -3) <= window.opens <= window.aim <= window.closes <= add_months(last, -1)
    assert window.opens >= start.date()


def test_a_trial_has_so_many_whole_days_at_least() -> None:
    assert terms.trial_end(at(2027, 3, 1, 23), 7) == at(2027, 3, 9, 0)
    assert terms.trial_end(at(2027, 3, 1, 0), 7) - at(2027, 3, 1, 0) >= timedelta(days=7)


@given(
    amount=st.integers(min_value=1, max_value=10**6),
    began=MOMENTS,
    months=st.integers(min_value=1, max_value=12),
    days=st.integers(min_value=0, max_value=400),
)
def test_the_rest_falls_day_by_day_from_the_whole_price_to_nothing(
    amount: int, began: datetime, months: int, days: int
) -> None:
    until = terms.end_of(began, months, 1)
    rest = terms.rest_of(amount, began, until, began + timedelta(days=days))
    assert 0 <= terms.rest_of(amount, began, until, began + timedelta(days=days + 1)) <= rest <= amount
    assert terms.rest_of(amount, began, until, began) == amount
    assert terms.rest_of(amount, began, until, until) == 0


def test_the_rest_of_ten_days_of_a_month_of_thirty() -> None:
    began = at(2027, 4, 1)
    assert terms.rest_of(1999, began, at(2027, 5, 1), at(2027, 4, 21, 18)) == 667


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
def test_interest_runs_by_the_day_over_the_rates_history_to_the_cent() -> None:
    rates = {date(2027, 1, 1): 500, date(2027, 7, 1): 365}
    due = at(2027, 6, 20)
    assert terms.interest(100_000, due, at(2027, 6, 20, 23), rates) == 0
    assert terms.interest(100_000, due, at(2027, 6, 30), rates) == 137  # 10 days at 5 %: 136.99
    assert terms.interest(100_000, due, at(2027, 7, 10), rates) == 237  # and 10 days at 3.65 %: 100.00
    assert terms.interest(100_000, due, at(2027, 7, 10), {}) == 0


def test_money_in_words() -> None:
    assert money(4499, "EUR") == "€44.99"
    assert money(5, "GBP") == "£0.05"
    assert money(1500, "JPY") == "JPY\N{NO-BREAK SPACE}1,500"
    assert money(-100, "USD") == "\N{MINUS SIGN}$1.00"
