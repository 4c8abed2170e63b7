# ruff: noqa: E501  (each sheet is one line, so that its rows can be counted)
"""Prices by area, length or piece, and curtains priced by the number of widths of fabric."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.tests.test_sheets import sheet_of

Rates = tuple[tuple[str | None, str, dict[str, int]], ...]


@dataclass(frozen=True)
class Case:
    cells: str
    found: Rates
    doubts: frozenset[str] = frozenset()
    method: str = ""


LEAST = {"minimum_price": 5000, "min_width": 1000, "min_drop": 1800}
WHOLE = {"per_m2": 4000, **LEAST}
CASES = {
    "area with a least price and size": Case(
        "Band | Price per m² | Min price | Min size\nA | £40 | £50 | 1000 x 1800\nB | £45.50 | | ", (("A", "area", WHOLE), ("B", "area", {"per_m2": 4550}))
    ),
    "other words": Case("Price group | £/sqm | Minimum charge\n1 | 40 | 50", (("1", "area", {"per_m2": 4000, "minimum_price": 5000}),)),
    "square feet": Case("Band | Price per sq ft\nA | 10\nB | 12.55", (("A", "area", {"per_m2": 10764}), ("B", "area", {"per_m2": 13509}))),
    "by the metre": Case("Band | £ per metre\nA | 12.50", (("A", "metre", {"per_m": 1250}),)),
    "by the piece": Case("Band | Price each\nA | 12.50\nB | 14", (("A", "piece", {"each": 1250}), ("B", "piece", {"each": 1400}))),
    "a least price where pieces have none": Case("Band | Price each | Min price\nA | 12.50 | 3", (("A", "piece", {"each": 1250}),), frozenset({"column_unused"})),
    "said by the title": Case("Prices per square metre\nBand | Price\nA | 40\nB | 45", (("A", "area", {"per_m2": 4000}), ("B", "area", {"per_m2": 4500}))),
    "said by the product alone": Case("Band | Price\nA | 40", (("A", "area", {"per_m2": 4000}),), frozenset({"rate_of_what"}), "area"),
    "a line to a figure": Case("Price per m2 | 40\nMinimum price | 50\nMinimum size | 1000 x 1800", ((None, "area", WHOLE),)),
    "a line to a figure, bands beside each other": Case(
        " | Band A | Band B\nPrice per m2 | 40 | 45\nMinimum price | 50 | 55", (("A", "area", {"per_m2": 4000, "minimum_price": 5000}), ("B", "area", {"per_m2": 4500, "minimum_price": 5500}))
    ),
    "smallest width and drop apart": Case(
        "Band | Price per m2 | Min width (cm) | Min drop (cm)\nA | 40 | 100 | 180", (("A", "area", {"per_m2": 4000, "min_width": 1000, "min_drop": 1800}),)
    ),
    "a smallest size in metres": Case("Band | Price per m2 | Min size\nA | 40 | 1m x 1.8m", (("A", "area", {"per_m2": 4000, "min_width": 1000, "min_drop": 1800}),)),
    "a smallest size that cannot be read": Case("Band | Price per m2 | Min size\nA | 40 | medium", (("A", "area", {"per_m2": 4000}),), frozenset({"rate_size"})),
    "two prices for one band": Case(
        "Band | Price per m2\nA | 40\nA | 45", (("A", "area", {"per_m2": 4000}), ("A", "area", {"per_m2": 4500})), frozenset({"band_twice"})
    ),
    "the same said twice": Case("Band | Price per m2\nA | 40\nA | 40", (("A", "area", {"per_m2": 4000}),)),
    "B2, C1 and C2": Case(" | Price | 1000 x 1800\nA | 40 | 50", ((None, "area", WHOLE),), method="area"),
    "B2 and C2": Case("Shutters | |\n | 40 | 50", ((None, "area", {"per_m2": 4000, "minimum_price": 5000}),), frozenset({"rate_layout"}), "area"),
    "B2, C1 and C2 for another product": Case(" | Price | 1000 x 1800\nA | 40 | 50", ((None, "area", WHOLE),), frozenset({"rate_layout"})),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_prices_by_area_length_and_piece(name: str) -> None:
    proposal = propose([sheet_of(CASES[name].cells)], home="GBP", method=CASES[name].method)
    assert tuple((rate.band, rate.kind, rate.figures) for rate in proposal.rates) == CASES[name].found
    assert {mark.code for mark in proposal.doubts} == CASES[name].doubts
    assert not proposal.grids
    assert all(mark.reason.strip() and "{" not in mark.reason for mark in proposal.marks)


def test_flooring_names_its_ranges_and_its_prices_in_one_sheet() -> None:
    proposal = propose(
        [
            sheet_of(
                "Range | Colour | Band | Price per m2\nOak | Pale | A | 40\nOak | Dark | A | 40\nAsh | Grey | B | 45"
            )
        ]
    )
    assert [(rate.band, rate.figures["per_m2"]) for rate in proposal.rates] == [("A", 4000), ("B", 4500)]
    assert [(row.range, row.colour, row.band) for row in proposal.ranges[0].rows] == [
        ("Oak", "Pale", "A"),
        ("Oak", "Dark", "A"),
        ("Ash", "Grey", "B"),
    ]


def test_a_figure_knows_its_cell_also_where_the_sheet_lies_on_its_side() -> None:
    (rate,) = propose([sheet_of(CASES["a line to a figure"].cells)]).rates
    assert rate.places == {"per_m2": (0, 1), "minimum_price": (1, 1), "min_width": (2, 1), "min_drop": (2, 1)}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 500_00), min_size=1, max_size=8, unique=True), st.booleans())
def test_every_price_by_area_comes_back_to_the_penny(prices: list[int], feet: bool) -> None:
    unit = "sq ft" if feet else "m2"
    rows = "\n".join(f"N{index} | £{Decimal(price) / 100:.2f}" for index, price in enumerate(prices))
    rates = propose([sheet_of(f"Band | Price per {unit}\n{rows}")]).rates
    factor = Decimal("10.7639") if feet else Decimal(1)
    expected = [int((price * factor).quantize(Decimal(1), ROUND_HALF_UP)) for price in prices]
    assert [(rate.band, rate.figures["per_m2"]) for rate in rates] == [
        (f"N{index}", price) for index, price in enumerate(expected)
    ]


COUNTS = "\n100 | 20 | 40 | 60\n150 | 30 | 50 | 70"
CURTAINS: dict[str, tuple[str, tuple[int, ...], set[str], set[str], str]] = {
    "said by the corner": (f"Drop (cm) / Widths | 1 | 2 | 3{COUNTS}", (1, 2, 3), set(), set(), ""),
    "said in each cell": (f"Drop (cm) | 1 width | 2 widths | 3 widths{COUNTS}", (1, 2, 3), set(), set(), ""),
    "said above": (f" | Number of widths\nDrop (cm) | 1 | 2 | 3{COUNTS}", (1, 2, 3), set(), set(), ""),
    "halves, for a pair": (f"Widths per curtain, price per pair\nDrop (cm) | 1 width | 1.5 widths | 2 widths{COUNTS}", (2, 3, 4), set(), set(), ""),
    "halves of who knows what": (f"Drop (cm) | 1 width | 1½ widths | 2 widths{COUNTS}", (2, 3, 4), set(), {"counts"}, ""),
    "said by the product alone": (f"Drop (cm) | 1 | 2 | 3{COUNTS}", (1, 2, 3), set(), {"counts"}, "widths_drop"),
    "counts down": ("Widths \\ Drop (cm) | 100 | 150\n1 | 20 | 30\n2 | 40 | 50\n3 | 60 | 70", (1, 2, 3), set(), set(), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CURTAINS)
def test_widths_of_fabric_are_counted_and_not_measured(name: str) -> None:
    cells, counts, doubts, asked, method = CURTAINS[name]
    proposal = propose([sheet_of(cells)], home="GBP", method=method)
    (grid,) = proposal.grids
    assert (grid.kind, grid.widths_mm, grid.drops_mm) == ("widths_drop", counts, (1000, 1500))
    assert grid.prices == ((2000, 4000, 6000), (3000, 5000, 7000))
    assert {mark.code for mark in proposal.doubts} == doubts
    assert {question.key for question in proposal.questions if not question.certain} == asked


def test_half_widths_in_all_are_left_out_and_told() -> None:
    sheet = sheet_of(f"Drop (cm) | 1 width | 1½ widths | 2 widths{COUNTS}")
    proposal = propose([sheet], {"counts": "total"})
    assert proposal.grids[0].widths_mm == (1, 2)
    assert proposal.grids[0].prices == ((2000, 6000), (3000, 7000))
    assert {mark.code for mark in proposal.doubts} == {"half_width"}


def test_figures_said_to_be_sizes_are_measured() -> None:
    sheet = sheet_of("Drop / Widths | 1 | 2 | 3\n1 | 20 | 40 | 60\n2 | 30 | 50 | 70")
    proposal = propose([sheet], {"counts": "sizes", "unit": "m"})
    assert (proposal.grids[0].kind, proposal.grids[0].widths_mm) == ("grid", (1000, 2000, 3000))
    assert "counts" in {question.key for question in proposal.questions}


def test_sizes_in_metres_are_not_taken_for_counts() -> None:
    sheet = sheet_of("All sizes in metres\nDrop / Width | 1 | 1.5 | 2\n1 | 20 | 40 | 60\n2 | 30 | 50 | 70")
    assert propose([sheet], method="grid").grids[0].widths_mm == (1000, 1500, 2000)
