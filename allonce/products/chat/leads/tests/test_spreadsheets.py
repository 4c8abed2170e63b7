"""What visitors wrote never runs in anybody's spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.products.chat.leads.spreadsheets import STARTS, safe, table


@pytest.mark.parametrize(
    "evil", ["=1+1", "+44 7700 900123", "-2", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "\uff1d1", "\r=1"]
)
def test_what_could_be_a_formula_is_text(evil: str) -> None:
    assert safe(evil) == f"'{evil}"


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not safe(text).startswith(STARTS)


def test_a_table_reads_back_as_it_was_but_for_the_apostrophe() -> None:
    text = table(["name", "count"], [['He said "hi", twice\nand went', 2], ["=1", 0]])
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows == [["name", "count"], ['He said "hi", twice\nand went', "2"], ["'=1", "0"]]
