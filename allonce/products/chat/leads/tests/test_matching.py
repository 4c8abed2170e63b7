"""The page of a text message is known only if exactly one was looked at within five minutes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from allonce.products.chat.leads.matching import matching

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Tap:
    at: datetime


def taps(*seconds_before: float) -> list[Tap]:
    return [Tap(NOON - timedelta(seconds=each)) for each in seconds_before]


@given(st.lists(st.floats(-900, 900), max_size=8))
def test_a_context_is_matched_if_and_only_if_it_stands_alone_within_five_minutes(seconds: list[float]) -> None:
    contexts = taps(*seconds)
    near = [each for each in contexts if NOON - timedelta(minutes=5) <= each.at <= NOON]
    found = matching(contexts, NOON)
    assert (found is None) if len(near) != 1 else (found == near[0])


def test_two_contexts_are_no_match() -> None:
    assert matching(taps(10, 20), NOON) is None


def test_a_context_of_exactly_five_minutes_ago_counts_and_an_older_one_does_not() -> None:
    assert matching(taps(300), NOON) is not None
    assert matching(taps(300.001), NOON) is None


def test_a_context_that_came_after_the_text_is_no_match() -> None:
    assert matching(taps(-1), NOON) is None
