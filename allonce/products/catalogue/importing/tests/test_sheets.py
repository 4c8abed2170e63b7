# ruff: noqa: E501  (each sheet is one line, so that its rows can be counted)
"""Sheets as suppliers type them, one peculiarity each: what is found, and what is said to be in doubt."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from allonce.products.catalogue.importing.proposal import Grid, ImportProposal
from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.reading import read_pasted
from allonce.products.catalogue.importing.sheet import Cell, Region, Sheet


@dataclass(frozen=True)
class Case:
    """Cells separated by bars, and what they must come to."""

    cells: str
    widths: tuple[int, ...]
    drops: tuple[int, ...]
    prices: tuple[tuple[int | None, ...], ...]
    band: str | None = None
    doubts: frozenset[str] = field(default_factory=frozenset)
    questions: frozenset[str] = field(default_factory=frozenset)
    currency: str = "GBP"


PRICES = ((2000, 2100), (2200, 2300))


def case(cells: str, **given: object) -> Case:
    values: dict[str, object] = {"widths": (600, 800), "drops": (1000, 1200), "prices": PRICES}
    for key in ("doubts", "questions"):
        given[key] = frozenset(given.get(key, ()))  # type: ignore[call-overload]
    return Case(cells.strip(), **{**values, **given})  # type: ignore[arg-type]


def sheet_of(cells: str) -> Sheet:
    rows = cells.replace(" | ", "\t").replace("| ", "\t").replace(" |", "\t").replace("|", "\t")
    return read_pasted(rows).sheets[0]


CASES = {
    "sizes in cm, said in the corner": case("Drop / Width (cm) | 60 | 80\n100 | 20 | 21\n120 | 22 | 23"),
    "sizes in cm, said in each cell": case("Drop / Width | 60cm | 80cm\n100cm | £20 | £21\n120cm | £22 | £23"),
    "sizes in metres": case("Drop/Width | 0.6m | 0.8m\n1m | 20.00 | 21.00\n1.2m | 22.00 | 23.00"),
    "metres with three decimals": case("Sizes in metres\nDrop / Width | 0.600 | 0.800\n1.000 | 20 | 21\n1.200 | 22 | 23"),
    "inches with fractions": case(
        'Drop / Width | 24 1/2" | 30 3/4"\n36" | $20 | $21\n48 1/2" | $22 | $23',
        widths=(622, 781), drops=(914, 1232), currency="USD", questions={"currency"},
    ),
    "feet and inches": case("Drop / Width | 2'0\" | 6'2\"\n3ft | 20 | 21\n4ft 6in | 22 | 23", widths=(610, 1880), drops=(914, 1372)),
    "up to": case("Drop / Width (mm) | up to 600 | up to 800\nup to 1000 | 20 | 21\nup to 1200 | 22 | 23"),
    "ranges of sizes": case("Drop / Width (mm) | 0-600 | 601-800\n0-1000 | 20 | 21\n1001 - 1200 | 22 | 23"),
    "a range that leaves a gap": case(
        "Drop / Width (mm) | 0-600 | 701-800\n1000 | 20 | 21\n1200 | 22 | 23", doubts={"size_gap"}
    ),
    "thousands separators in sizes": case("Drop / Width (mm) | 600 | 800\n1,000 | 20 | 21\n1,200 | 22 | 23"),
    "decimal commas": case(
        "Hoogte / Breedte (mm) | 600 | 800\n1000 | € 20,00 | € 21,00\n1200 | € 22,00 | € 1.230,50",
        prices=((2000, 2100), (2200, 123050)), currency="EUR", doubts={"jump"}, questions={"currency"},
    ),
    "figures grouped by spaces": case(
        "Höhe / Breite (mm) | 600 | 800\n1000 | 1 020,00 € | 1 121,00 €\n1200 | 1 222,00 € | 1 323,00 €",
        prices=((102000, 112100), (122200, 132300)), currency="EUR", questions={"currency"},
    ),
    "prices with nothing after the comma": case(
        "hauteur / largeur (mm) | 600 | 800\n1000 | € 20,- | € 21,-\n1200 | € 22,- | € 23,-", currency="EUR", questions={"currency"}
    ),
    "a figure that can be read twice": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 1,020 | 1,121\n1200 | 1,222 | 1,323",
        prices=((102000, 112100), (122200, 132300)), doubts={"two_readings"}, questions={"point"},
    ),
    "price on application at the far end": case("Drop / Width (mm) | 600 | 800\n1000 | 20 | 21\n1200 | 22 | POA", prices=((2000, 2100), (2200, None))),
    "every way to say not offered": case(
        "Drop / Width (mm) | 600 | 800 | 1000 | 1200\n1000 | 20 | 21 | 22 | n/a\n1200 | 22 | - | On application | tbc\n1400 | 23 | | – | x",
        widths=(600, 800, 1000, 1200), drops=(1000, 1200, 1400),
        prices=((2000, 2100, 2200, None), (2200, None, None, None), (2300, None, None, None)),
    ),
    "a hole in the middle": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 20 | \n1200 | 22 | 23", prices=((2000, None), (2200, 2300)), doubts={"blank_inside"}
    ),
    "not offered in the middle": case(
        "Drop / Width (mm) | 600 | 800\n1000 | POA | 21\n1200 | 22 | 23",
        prices=((None, 2100), (2200, 2300)), doubts={"not_offered_inside"},
    ),
    "cheaper though wider": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 20 | 19\n1200 | 22 | 23", prices=((2000, 1900), (2200, 2300)), doubts={"cheaper_wider"}
    ),
    "cheaper though longer": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 20 | 21\n1200 | 18 | 23", prices=((2000, 2100), (1800, 2300)), doubts={"cheaper_longer"}
    ),
    "ten times too much": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 20 | 210\n1200 | 22 | 23", prices=((2000, 21000), (2200, 2300)), doubts={"jump"}
    ),
    "a letter in a price": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 20 | 2l\n1200 | 22 | 23", prices=((2000, None), (2200, 2300)), doubts={"unreadable"}
    ),
    "nothing, and less than nothing": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 0 | 21\n1200 | 22 | -23",
        prices=((None, 2100), (2200, None)), doubts={"zero", "unreadable"},
    ),
    "tenths of a penny": case("Drop / Width (mm) | 600 | 800\n1000 | 20.00 | 21.005\n1200 | 22.00 | 23.00", prices=((2000, 2101), (2200, 2300)), doubts={"rounded"}),
    "a footnote": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 20.00 | 21.00*\n1200 | 22.00 | 23.00\n\n* Two blinds on one head rail", doubts={"footnote"}
    ),
    "a size typed twice": case(
        "Drop / Width (mm) | 600 | 800 | 800\n1000 | 20 | 21 | 22\n1200 | 22 | 23 | 24",
        widths=(600, 800, 800), prices=((2000, 2100, 2200), (2200, 2300, 2400)), doubts={"size_twice"},
    ),
    "a size with a nought missing": case(
        "Drop / Width (mm) | 600 | 800 | 100 | 1200\n1000 | 20 | 21 | 22 | 23\n1200 | 22 | 23 | 24 | 25",
        widths=(600, 800, 100, 1200), prices=((2000, 2100, 2200, 2300), (2200, 2300, 2400, 2500)), doubts={"size_order"},
    ),
    "largest first": case("Drop / Width (mm) | 800 | 600\n1200 | 23 | 22\n1000 | 21 | 20"),
    "widths down, by the words": case("Width \\ Drop (mm) | 1000 | 1200\n600 | 20 | 22\n800 | 21 | 23"),
    "arrows in the corner": case("Width → Drop ↓ (mm) | 600 | 800\n1000 | 20 | 21\n1200 | 22 | 23"),
    "both words, in an order that means nothing": case(
        "Width x Drop (mm) | 600 | 800\n1000 | 20 | 21\n1200 | 22 | 23", questions={"orientation"}
    ),
    "words beside and above": case("| | Width (mm)\n| | 600 | 800\nDrop | 1000 | 20 | 21\n| 1200 | 22 | 23"),
    "no words at all": case("| 600 | 800\n1000 | 20 | 21\n1200 | 22 | 23", questions={"orientation"}),
    "no unit at all": case("Drop / Width | 60 | 80\n100 | 20 | 21\n120 | 22 | 23", doubts={"size_unit"}, questions={"unit"}),
    "millimetres and inches": case('Drop / Width (mm) | 600 | 800\n | 23.6" | 31.5"\n1000 | 20 | 21\n1200 | 22 | 23'),
    "inches before millimetres": case('Drop / Width | 23.6" | 31.5"\n | 600mm | 800mm\n1000mm | 20 | 21\n1200mm | 22 | 23'),
    "both units in one cell": case('Drop / Width | 600mm (23.6") | 800mm (31.5")\n1000mm (39.4") | 20 | 21\n1200mm (47.2") | 22 | 23'),
    "units that disagree": case(
        'Drop / Width | 600mm (23.6") | 800mm (41.5")\n1000mm | 20 | 21\n1200mm | 22 | 23', doubts={"size_units_differ"}
    ),
    "band in the corner": case("Band B | 600 | 800\n1000 | 20 | 21\n1200 | 22 | 23", band="B", questions={"orientation"}),
    "band with words after it": case("Price Group 3 - Textures\nDrop / Width (mm) | 600 | 800\n1000 | 20 | 21\n1200 | 22 | 23", band="3"),
    "a list of bands is no band": case("Bands A, B and C\nDrop / Width (mm) | 600 | 800\n1000 | 20 | 21\n1200 | 22 | 23"),
    "a price beside the table": case(
        "Drop / Width (mm) | 600 | 800\n1000 | 20 | 21\n1200 | 22 | 23\n| 24 | 25", doubts={"row_left_out"}
    ),
    "a currency that differs": case(
        "Drop / Width (mm) | 600 | 800\n1000 | £20 | £21\n1200 | £22 | €23", doubts={"other_currency"}
    ),
    "notes and codes around": case("Ref | Drop / Width (mm) | 600 | 800 | Notes\nAX1 | 1000 | 20 | 21 | chain\nAX2 | 1200 | 22 | 23 | cord"),
    "widths only, as the price lists of old": case("0 | 600 | 800\n0 | 20 | 21", drops=(0,), prices=((2000, 2100),)),
    "widths only": case("Width (mm) | 600 | 800\n0 | 20 | 21", drops=(0,), prices=((2000, 2100),)),
}  # fmt: skip


def _read(given: Case) -> ImportProposal:
    return propose([sheet_of(given.cells)], home="GBP")


@pytest.mark.parametrize("name", CASES)
def test_sheet_is_read_as_its_maker_meant(name: str) -> None:
    proposal = _read(CASES[name])
    expected = CASES[name]
    assert len(proposal.grids) == 1
    grid = proposal.grids[0]
    assert (grid.band, grid.widths_mm, grid.drops_mm) == (expected.band, expected.widths, expected.drops)
    assert grid.prices == expected.prices
    assert {mark.code for mark in proposal.doubts} == expected.doubts
    assert {question.key for question in proposal.questions if not question.certain} == expected.questions
    assert proposal.currency == expected.currency


def test_every_mark_and_question_says_its_reason_in_words() -> None:
    for name, given in CASES.items():
        proposal = _read(given)
        reasons = [mark.reason for mark in proposal.marks] + [question.reason for question in proposal.questions]
        assert all(reason.strip() and "{" not in reason for reason in reasons), name


def test_answers_switch_the_reading() -> None:
    sheet = sheet_of("| 60 | 80\n100 | 20 | 21\n120 | 22 | 23")
    grid = propose([sheet], {"orientation": "down", "unit": "in", "currency": "EUR"}).grids[0]
    assert (grid.widths_mm, grid.drops_mm) == ((2540, 3048), (1524, 2032))
    assert grid.prices == ((2000, 2200), (2100, 2300))


def test_the_decimal_sign_can_be_chosen() -> None:
    sheet = sheet_of("Drop / Width (mm) | 600 | 800\n1000 | 1,020 | 1,121\n1200 | 1,222 | 1,323")
    assert propose([sheet], {"point": ","}).grids[0].prices[0] == (102, 112)


def test_hidden_columns_are_left_out_and_asked_about() -> None:
    whole = sheet_of("Drop / Width (mm) | 600 | 800 | 1000\n1000 | 20 | 21 | 22\n1200 | 22 | 23 | 24")
    sheet = Sheet("Prices", whole.cells, hidden_columns=frozenset({3}))
    proposal = propose([sheet], home="GBP")
    assert proposal.grids[0].widths_mm == (600, 800)
    assert [question.key for question in proposal.questions if not question.certain] == ["hidden"]
    assert propose([sheet], {"hidden": "read"}).grids[0].widths_mm == (600, 800, 1000)


def test_what_a_number_format_shows_counts() -> None:
    cells = {(0, 0): Cell("Drop / Width")}
    cells |= {(0, column): Cell(str(size), Decimal(size), unit="cm") for column, size in ((1, 60), (2, 80))}
    cells |= {(row, 0): Cell(str(size), Decimal(size), unit="cm") for row, size in ((1, 100), (2, 120))}
    cells |= {(row, column): Cell("20", Decimal(20), currency="EUR") for row in (1, 2) for column in (1, 2)}
    proposal = propose([Sheet("Prices", cells, (Region(0, 0, 0, 0),))])
    assert (proposal.grids[0].widths_mm, proposal.currency) == ((600, 800), "EUR")


def test_vat_that_the_sheet_mentions_is_noted() -> None:
    text = "Prices inc VAT\nDrop / Width (mm) | 600 | 800\n1000 | 20 | 21\n1200 | 22 | 23"
    tax = next(question for question in propose([sheet_of(text)]).questions if question.key == "tax")
    assert (tax.chosen, tax.certain) == ("included", True)


def test_a_sheet_of_words_gives_nothing() -> None:
    proposal = propose([sheet_of("Dear customer\nPlease find our new prices on the web\n2026")])
    assert not proposal.grids and not proposal.ranges


def test_place_of_finds_the_cell_a_price_came_from() -> None:
    sheet = sheet_of("Width \\ Drop (mm) | 1000 | 1200\n600 | 20 | 22\n800 | 21 | 23")
    grid: Grid = propose([sheet]).grids[0]
    for drop in range(2):
        for width in range(2):
            cell = sheet.at(*grid.cell_of(drop, width))
            assert cell and int(cell.text) * 100 == grid.prices[drop][width]


def test_a_band_named_over_a_second_column_of_sizes_starts_its_own_table() -> None:
    head = "| Drop / Width (mm) | 300 | 350"
    sheet = sheet_of(
        f'PRICE BAND A\n{head}\n11.8" | 300 | 20 | 21\n13.8" | 350 | 21 | 22\n'
        f'PRICE BAND B\n{head}\n15.7" | 400 | 30 | 31\n17.7" | 450 | 31 | 32'
    )
    grids = propose([sheet], home="GBP").grids
    assert [(grid.band, grid.drops_mm) for grid in grids] == [("A", (300, 350)), ("B", (400, 450))]
