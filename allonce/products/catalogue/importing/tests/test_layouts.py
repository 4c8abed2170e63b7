"""The key property: whatever the layout, a sheet comes back exactly or says that it is in doubt."""

from hypothesis import given, note

from allonce.products.catalogue.importing.proposal import ImportProposal
from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.sheet import Sheet
from allonce.products.catalogue.importing.tests.layouts import Layout, Table, cases, millimetres, render, written_band

Found = list[tuple[str | None, tuple[int, ...], tuple[int, ...], tuple[tuple[int | None, ...], ...]]]


def _truth(tables: list[Table], layout: Layout) -> Found:
    unit = layout.unit
    return [
        (written_band(table, layout), millimetres(table.widths, unit), millimetres(table.drops, unit), table.prices)
        for table in tables
    ]


def _found(proposal: ImportProposal) -> Found:
    return [(grid.band, grid.widths_mm, grid.drops_mm, grid.prices) for grid in proposal.grids]


def _show(sheets: list[Sheet], proposal: ImportProposal) -> None:
    """What a person needs to see to understand a failure."""
    for sheet in sheets:
        for row, columns in sheet.rows.items():
            note(f"{row:3} " + " | ".join(f"{column}:{sheet.text(row, column)}" for column in columns))
    note(f"found {_found(proposal)}")
    note(f"asked {[question for question in proposal.questions if not question.certain]}")


def _check(tables: list[Table], layout: Layout) -> None:
    sheets = render(tables, layout)
    proposal = propose(sheets)
    exact = _found(proposal) == _truth(tables, layout)
    _show(sheets, proposal)
    assert exact or proposal.doubtful


@given(cases())
def test_a_layout_comes_back_exactly_or_in_doubt(case: tuple[list[Table], Layout]) -> None:
    _check(*case)


@given(cases(wild=True))
def test_a_strange_price_comes_back_exactly_or_in_doubt(case: tuple[list[Table], Layout]) -> None:
    _check(*case)


@given(cases(plain=True))
def test_a_well_labelled_layout_comes_back_exactly_and_without_doubt(case: tuple[list[Table], Layout]) -> None:
    tables, layout = case
    sheets = render(tables, layout)
    proposal = propose(sheets, home=layout.currency)
    _show(sheets, proposal)
    assert _found(proposal) == _truth(tables, layout)
    assert not any(not question.certain for question in proposal.questions)
    # A steep table may still look like a mistyped price; nothing else may be in doubt.
    assert {mark.code for mark in proposal.doubts} <= {"jump", "dip"}
