# ruff: noqa: E501  (each sheet is one line, so that its rows can be counted)
"""Lists with one size to a row become price tables, and say what is doubtful about them."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allonce.products.catalogue.importing.proposal import ImportProposal
from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.reading import read_pasted
from allonce.products.catalogue.importing.tests.test_sheets import sheet_of

Found = tuple[str | None, tuple[int, ...], tuple[int, ...], tuple[tuple[int | None, ...], ...]]
SIZES = ((600, 800), (1000, 1200))
PLAIN: Found = (None, *SIZES, ((2000, 2100), (2200, 2300)))
OTHER: Found = ("B", *SIZES, ((3000, 3100), (3200, 3300)))


def _named(found: Found, name: str | None) -> Found:
    return (name, *found[1:])


@dataclass(frozen=True)
class Case:
    cells: str
    found: tuple[Found, ...] = (PLAIN,)
    doubts: frozenset[str] = frozenset()


BOTH = (_named(PLAIN, "A"), OTHER)
CASES = {
    "width, drop and price": Case("Width (mm) | Drop (mm) | Price\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1200 | 22\n800 | 1200 | 23"),
    "any order, other words, centimetres": Case("RRP | Height (cm) | Wide (cm)\n£23 | 120 | 80\n£22 | 120 | 60\n£21 | 100 | 80\n£20 | 100 | 60"),
    "largest sizes": Case("Max Width (mm) | Max Drop (mm) | Price\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1200 | 22\n800 | 1200 | 23"),
    "a column for each band": Case(
        "Width (mm) | Drop (mm) | Band A | Band B\n600 | 1000 | 20 | 30\n800 | 1000 | 21 | 31\n600 | 1200 | 22 | 32\n800 | 1200 | 23 | 33", BOTH
    ),
    "bare bands under a head": Case(
        " | | Price band |\nWidth (mm) | Drop (mm) | A | B\n600 | 1000 | 20 | 30\n800 | 1000 | 21 | 31\n600 | 1200 | 22 | 32\n800 | 1200 | 23 | 33", BOTH
    ),
    "bare bands under no head": Case(
        "Width (mm) | Drop (mm) | A | B\n600 | 1000 | 20 | 30\n800 | 1000 | 21 | 31\n600 | 1200 | 22 | 32\n800 | 1200 | 23 | 33", BOTH, frozenset({"band_guessed"}),
    ),
    "a row for each band": Case(
        "Price group | Width (mm) | Drop (mm) | Price\nA | 600 | 1000 | 20\nB | 600 | 1000 | 30\nA | 800 | 1000 | 21\nB | 800 | 1000 | 31\nA | 600 | 1200 | 22\nA | 800 | 1200 | 23\nB | 600 | 1200 | 32\nB | 800 | 1200 | 33", BOTH
    ),
    "titles inside the list": Case(
        "Width (mm) | Drop (mm) | Price\nBand A\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1200 | 22\n800 | 1200 | 23\n\nBand B\n600 | 1000 | 30\n800 | 1000 | 31\n600 | 1200 | 32\n800 | 1200 | 33", BOTH
    ),
    "two lists, one below the other": Case(
        "Band A\nWidth (mm) | Drop (mm) | Price\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1200 | 22\n800 | 1200 | 23\n\nBand B\nWidth (mm) | Drop (mm) | Price\n600 | 1000 | 30\n800 | 1000 | 31\n600 | 1200 | 32\n800 | 1200 | 33", BOTH
    ),
    "ranges stand for bands": Case(
        "Range | Width (mm) | Drop (mm) | Price\nCedar | 600 | 1000 | 20\nCedar | 800 | 1000 | 21\nCedar | 600 | 1200 | 22\nCedar | 800 | 1200 | 23", (_named(PLAIN, "Cedar"),), frozenset({"band_guessed"}),
    ),
    "trade and retail": Case(
        "Width (mm) | Drop (mm) | Trade | Retail\n600 | 1000 | 20 | 30\n800 | 1000 | 21 | 31\n600 | 1200 | 22 | 32\n800 | 1200 | 23 | 33", (_named(PLAIN, "Trade"), _named(OTHER, "Retail")), frozenset({"band_guessed"}),
    ),
    "sizes left out": Case(
        "Width (mm) | Drop (mm) | Price\n600 | 1000 | 20\n600 | 1200 | 22\n800 | 1200 | 23", ((None, *SIZES, ((2000, None), (2200, 2300))),), frozenset({"list_missing"}),
    ),
    "the largest left out": Case(
        "Width (mm) | Drop (mm) | Price\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1200 | 22", ((None, *SIZES, ((2000, 2100), (2200, None))),)
    ),
    "not offered": Case(
        "Width (mm) | Drop (mm) | Price\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1200 | 22\n800 | 1200 | POA", ((None, *SIZES, ((2000, 2100), (2200, None))),)
    ),
    "twice at one price": Case("Width (mm) | Drop (mm) | Price\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1000 | 20.00\n600 | 1200 | 22\n800 | 1200 | 23"),
    "twice at two prices": Case(
        "Width (mm) | Drop (mm) | Price\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1000 | 25\n600 | 1200 | 22\n800 | 1200 | 23", doubts=frozenset({"list_twice"}),
    ),
    "sizes said once for several rows": Case(
        "Width (mm) | Drop (mm) | Price\n600 | 1000 | 20\n | 1200 | 22\n800 | 1000 | 21\n | 1200 | 23", doubts=frozenset({"list_copied"}),
    ),
    "a size that cannot be read": Case(
        "Width (mm) | Drop (mm) | Price\n600 | 1000 | 20\n800 | 1000 | 21\n600 | 1200 | 22\n800 | 1200 | 23\nany | 1400 | 30", doubts=frozenset({"row_left_out"}),
    ),
    "figures under a head that means nothing": Case(
        "Width (mm) | Drop (mm) | Price | Surcharge\n600 | 1000 | 20 | 2\n800 | 1000 | 21 | 2\n600 | 1200 | 22 | 2\n800 | 1200 | 23 | 2", doubts=frozenset({"column_unused"}),
    ),
    "both sizes in one cell": Case("Size (W x D mm) | Price each\n600 x 1000 | 20\n800 x 1000 | 21\n600 x 1200 | 22\n800 x 1200 | 23"),
    "both sizes in one cell, drop first": Case("Drop x Width (mm) | Price\n1000 x 600 | 20\n1000 x 800 | 21\n1200 x 600 | 22\n1200 x 800 | 23"),
    "both sizes in one cell, in no said order": Case(
        "Size | Price\n600 x 1000 mm | 20\n800 x 1000 mm | 21\n600 x 1200 mm | 22\n800 x 1200 mm | 23", doubts=frozenset({"list_pair_order"}),
    ),
    "no unit": Case(
        "Width | Drop | Price\n60 | 100 | 20\n80 | 100 | 21\n60 | 120 | 22\n80 | 120 | 23", doubts=frozenset({"size_unit"}),
    ),
    "widths alone": Case("Width (mm) | Price\n600 | 20\n800 | 21", ((None, (600, 800), (0,), ((2000, 2100),)),)),
    "widths alone, in bands": Case(
        "Width (mm) | Band A | Band B\n600 | 20 | 30\n800 | 21 | 31", (("A", (600, 800), (0,), ((2000, 2100),)), ("B", (600, 800), (0,), ((3000, 3100),))),
    ),
}  # fmt: skip


def _found(proposal: ImportProposal) -> tuple[Found, ...]:
    return tuple((grid.band, grid.widths_mm, grid.drops_mm, grid.prices) for grid in proposal.grids)


@pytest.mark.parametrize("name", CASES)
def test_list_becomes_tables(name: str) -> None:
    proposal = propose([sheet_of(CASES[name].cells)], home="GBP")
    assert _found(proposal) == CASES[name].found
    assert {mark.code for mark in proposal.doubts} == CASES[name].doubts
    assert not proposal.ranges and not proposal.rates and not proposal.errors
    assert all(mark.reason.strip() and "{" not in mark.reason for mark in proposal.marks)


def test_a_price_of_a_list_knows_its_cell() -> None:
    sheet = sheet_of(CASES["any order, other words, centimetres"].cells)
    grid = propose([sheet]).grids[0]
    for drop, line in enumerate(grid.prices):
        for width, price in enumerate(line):
            place = grid.place_of(drop, width)
            assert place and price == int(sheet.text(*place)[1:]) * 100


def test_a_size_that_the_list_leaves_out_has_no_cell() -> None:
    grid = propose([sheet_of(CASES["sizes left out"].cells)]).grids[0]
    assert grid.place_of(0, 1) is None


def test_numbered_bands_beside_ranges_are_no_prices() -> None:
    text = "Range | Max Width (mm) | Max Drop (mm) | Price\nCedar | 1500 | 2000 | 1\nOak | 1800 | 2000 | 2\nAsh | 1800 | 2400 | 1"
    proposal = propose([sheet_of(text)])
    assert [row.band for row in proposal.ranges[0].rows] == ["1", "2", "1"]
    assert not proposal.grids


def test_a_list_too_long_for_a_table_is_told_and_not_cut() -> None:
    rows = "\n".join(f"{300 + row}\t1000\t{row + 5}" for row in range(250))
    proposal = propose(read_pasted(f"Width (mm)\tDrop (mm)\tPrice\n{rows}").sheets)
    assert not proposal.grids
    assert "list_too_long" in {mark.code for mark in proposal.doubts}


@st.composite
def _lists(draw: st.DrawFn) -> tuple[str, tuple[Found, ...], bool]:
    """A list as text, the truth, and whether a size was left out inside or a price steps down."""
    widths = tuple(sorted(draw(st.sets(st.integers(30, 240), min_size=2, max_size=5))))
    drops = tuple(sorted(draw(st.sets(st.integers(30, 240), min_size=2, max_size=5))))
    bands = draw(st.integers(1, 3))
    in_columns = draw(st.booleans())
    step = draw(st.integers(1, 40))
    prices = [
        [[2000 + 500 * band + step * (row + column) for column in range(len(widths))] for row in range(len(drops))]
        for band in range(bands)
    ]
    rows, head = _rows(prices, widths, drops, in_columns)
    columns = draw(st.permutations(range(len(head))))
    lines = [head, *draw(st.permutations(rows))]
    text = "\n".join("\t".join(line[column] for column in columns) for line in lines)
    sizes = tuple(width * 10 for width in widths), tuple(drop * 10 for drop in drops)
    truth = {"ABC"[band]: ("ABC"[band], *sizes, tuple(tuple(line) for line in prices[band])) for band in range(bands)}
    return text, tuple(truth.values()), draw(st.booleans())


def _rows(
    prices: list[list[list[int]]], widths: tuple[int, ...], drops: tuple[int, ...], in_columns: bool
) -> tuple[list[list[str]], list[str]]:
    def money(minor: int) -> str:
        return f"£{Decimal(minor) / 100:.2f}"

    sizes = [(row, column) for row in range(len(drops)) for column in range(len(widths))]
    if in_columns:
        head = ["Width (cm)", "Drop (cm)", *(f"Band {'ABC'[band]}" for band in range(len(prices)))]
        return [[str(widths[c]), str(drops[r]), *(money(band[r][c]) for band in prices)] for r, c in sizes], head
    head = ["Width (cm)", "Drop (cm)", "Price", "Price band"]
    return [
        [str(widths[c]), str(drops[r]), money(band[r][c]), "ABC"[index]]
        for index, band in enumerate(prices)
        for r, c in sizes
    ], head


@settings(max_examples=80, deadline=None)
@given(_lists())
def test_a_well_labelled_list_comes_back_exactly_and_without_doubt(case: tuple[str, tuple[Found, ...], bool]) -> None:
    text, truth, _ = case
    proposal = propose(read_pasted(text).sheets, home="GBP")
    assert sorted(_found(proposal), key=lambda found: str(found[0])) == list(truth)
    assert not proposal.doubtful


@settings(max_examples=80, deadline=None)
@given(_lists(), st.data())
def test_a_list_with_a_row_lost_or_changed_is_exact_or_in_doubt(
    case: tuple[str, tuple[Found, ...], bool], data: st.DataObject
) -> None:
    text, truth, lost = case
    head, *rows = text.split("\n")
    at = data.draw(st.integers(0, len(rows) - 1))
    changed = [*rows[:at], *rows[at + 1 :]] if lost else [*rows, rows[at].replace("£", "£9")]
    proposal = propose(read_pasted("\n".join([head, *changed])).sheets, home="GBP")
    known = {(found[0], width, drop): found[3][row][column] for found in truth for row, drop in enumerate(found[2]) for column, width in enumerate(found[1])}  # fmt: skip
    for grid in proposal.grids:
        for row, drop in enumerate(grid.drops_mm):
            for column, width in enumerate(grid.widths_mm):
                price = grid.prices[row][column]
                assert price is None or price == known[(grid.band, width, drop)] or proposal.doubtful
    assert lost or proposal.doubtful
