"""What is exported imports back identically, and can do no harm in a spreadsheet program."""

import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from allonce.products.catalogue.importing.export import ExportedProduct, write_workbook
from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.reading import read_file

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
SIZES = st.lists(st.integers(250, 6000), min_size=1, max_size=8, unique=True).map(sorted)


@st.composite
def grids(draw: st.DrawFn) -> dict[str, Any]:
    """A price table with gaps, but never an empty one."""
    widths, drops = draw(SIZES), draw(SIZES)
    cell = st.one_of(st.none(), st.integers(1, 999_999))
    rows = [[draw(cell) for _ in widths] for _ in drops]
    rows[0][0], rows[-1][-1] = draw(st.integers(1, 99_999)), draw(st.integers(1, 99_999))
    return {"kind": "grid", "widths": widths, "drops": drops, "rows": rows}


@given(st.dictionaries(NAMES, grids(), min_size=1, max_size=4), st.sampled_from(["GBP", "EUR", "USD"]))
def test_exported_tables_import_back_identically(tables: dict[str, dict[str, Any]], currency: str) -> None:
    data = write_workbook([ExportedProduct("Roller", list(tables.items()), [])], currency)
    proposal = propose(read_file(data, "x.xlsx").sheets, home=currency)
    found = {
        grid.band: (list(grid.widths_mm), list(grid.drops_mm), [list(line) for line in grid.prices])
        for grid in proposal.grids
    }
    assert found == {name: (table["widths"], table["drops"], table["rows"]) for name, table in tables.items()}
    assert proposal.currency == currency
    assert all(question.certain for question in proposal.questions)


PENCE = st.integers(1, 999_999)
MM = st.integers(250, 6000)
RATES = st.one_of(
    st.fixed_dictionaries(
        {"kind": st.just("area"), "per_m2": PENCE},
        optional={"minimum_price": PENCE, "min_width": MM, "min_drop": MM},
    ),
    st.fixed_dictionaries({"kind": st.just("metre"), "per_m": PENCE}, optional={"minimum_price": PENCE}),
    st.fixed_dictionaries({"kind": st.just("piece"), "each": PENCE}),
)


@given(st.dictionaries(NAMES, RATES, min_size=1, max_size=5), st.sampled_from(["GBP", "EUR", "USD"]))
def test_exported_prices_by_area_length_and_piece_import_back_identically(
    tables: dict[str, dict[str, Any]], currency: str
) -> None:
    data = write_workbook([ExportedProduct("Shutters", list(tables.items()), [])], currency)
    proposal = propose(read_file(data, "x.xlsx").sheets, home=currency)
    assert {rate.band: {"kind": rate.kind, **rate.figures} for rate in proposal.rates} == tables


@given(st.dictionaries(st.tuples(NAMES, NAMES), st.booleans(), min_size=1, max_size=12))
def test_exported_ranges_import_back_identically(colours: dict[tuple[str, str], bool]) -> None:
    rows = [
        {"range": name, "colour": colour, "band": "A", "max_width": 2400, "min_drop": 300, "discontinued": gone}
        for (name, colour), gone in colours.items()
    ]
    data = write_workbook([ExportedProduct("Roller", [], rows)], "GBP")
    (table,) = propose(read_file(data, "x.xlsx").sheets).ranges
    found = {(row.range, row.colour): row for row in table.rows}
    assert set(found) == set(colours)
    for key, gone in colours.items():
        row = found[key]
        assert (row.band, row.max_width, row.min_drop, row.min_width, row.discontinued) == ("A", 2400, 300, None, gone)


def test_names_that_look_like_formulas_are_written_as_text() -> None:
    names = ["=1+1", "+1", "-1", "@sum", '=HYPERLINK("http://attacker.example")']
    table = {"kind": "grid", "widths": [600, 800], "drops": [900], "rows": [[100, 200]]}
    rows = [{"range": name, "colour": name, "band": name} for name in names]
    data = write_workbook([ExportedProduct(name, [(name, table)], rows) for name in names], "GBP")
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_sheets_of_like_named_products_are_told_apart() -> None:
    table = {"kind": "grid", "widths": [600, 800], "drops": [900], "rows": [[100, 200]]}
    same = [ExportedProduct("Roller/Blinds: the very long name of a product", [("A", table)], []) for _ in range(3)]
    titles = load_workbook(io.BytesIO(write_workbook(same, "GBP"))).sheetnames
    assert len({title.casefold() for title in titles}) == 3
    assert all(len(title) <= 31 for title in titles)
