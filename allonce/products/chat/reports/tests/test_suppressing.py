"""A Provider can neither read nor work out a figure that comes from too few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.products.chat.reports.suppressing import PARTS, Row, publishable, summed

figures = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 60))
rows = st.builds(Row, answered=figures, missed=figures, offline=figures, leads=figures, lot=st.integers(0, 9))
MINIMUM = 5


@pytest.mark.promise("CHAT-REPORTS")
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), rows, max_size=8))
def test_no_figure_from_too_few_is_shown_or_left_over(table: dict[str, Row]) -> None:
    shown, rest = publishable(table, MINIMUM)
    assert not any(row.is_small(MINIMUM) for row in shown.values())
    left = [table[key] for key in table if key not in shown]
    if rest is not None:
        assert rest == summed(left)
        assert len(left) >= 2
        assert not rest.is_small(2 * MINIMUM)
    elif shown:
        assert not left


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), rows, max_size=8))
def test_what_is_shown_is_as_it_was_counted(table: dict[str, Row]) -> None:
    shown, _rest = publishable(table, MINIMUM)
    assert all(table[key] == row for key, row in shown.items())


def test_a_single_small_row_takes_another_one_along() -> None:
    table = {"a": Row(answered=1), "b": Row(answered=30, lot=1), "c": Row(answered=40, lot=2)}
    shown, rest = publishable(table, MINIMUM)
    assert list(shown) == ["c"]
    assert rest == Row(answered=31)


def test_a_table_that_is_small_as_a_whole_is_not_shown() -> None:
    assert publishable({"a": Row(answered=1), "b": Row(answered=2)}, MINIMUM) == ({}, None)


def test_parts_are_all_that_is_counted() -> None:
    assert set(PARTS) == {"answered", "missed", "offline", "leads"}
