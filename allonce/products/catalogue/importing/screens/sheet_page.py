"""A window onto the original sheet, each cell with its part in what was found and what is doubtful about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from allonce.products.catalogue.importing.proposal import Grid, ImportProposal, Mark, Ranges
from allonce.products.catalogue.importing.reading_of import Reading, key_of
from allonce.products.catalogue.importing.screens.wording import reason_of
from allonce.products.catalogue.importing.sheet import Place, Sheet, column_name, place_name

ROWS, COLUMNS = 40, 26


@dataclass(frozen=True)
class CellShown:
    """One cell. `role`: width, drop, price, range or nothing; `mark`: note, doubt, error or nothing."""

    key: str
    name: str
    text: str
    role: str
    mark: str
    reason: str
    corrected: bool
    span: int = 1


@dataclass(frozen=True)
class SheetShown:
    """The window, and where it lies in the sheet."""

    number: int
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[CellShown, ...]], ...]
    first: int
    last: int
    height: int
    left: int
    width: int

    @property
    def previous(self) -> int | None:
        return max(0, self.first - ROWS) if self.first else None

    @property
    def following(self) -> int | None:
        return self.last if self.last < self.height else None

    @property
    def left_before(self) -> int | None:
        return max(0, self.left - COLUMNS) if self.left else None

    @property
    def left_after(self) -> int | None:
        return self.left + COLUMNS if self.left + COLUMNS < self.width else None


def show_sheet(reading: Reading, number: int, first: int, left: int, corrected: Iterable[str]) -> SheetShown:
    """The sheet's rows from `first` and columns from `left`, at most one window of them."""
    number = number if 0 <= number < len(reading.sheets) else 0
    sheet = reading.sheets[number]
    first, left = min(first, max(0, sheet.height - 1)), min(left, max(0, sheet.width - 1))
    rows = range(first, min(first + ROWS, sheet.height))
    columns = range(left, min(left + COLUMNS, sheet.width))
    drawing = _Drawing(reading.proposal, sheet, number, set(corrected))
    return SheetShown(
        number=number, name=sheet.name, columns=tuple(column_name(column) for column in columns),
        rows=tuple((row + 1, tuple(drawing.line(row, columns))) for row in rows),
        first=first, last=rows.stop, height=sheet.height, left=left, width=sheet.width,
    )  # fmt: skip


class _Drawing:
    """Roles and marks by place, gathered once for a window."""

    def __init__(self, proposal: ImportProposal, sheet: Sheet, number: int, corrected: set[str]) -> None:
        self._sheet, self._number, self._corrected = sheet, number, corrected
        self._grids = [grid for grid in proposal.grids if grid.sheet == number and grid.listed is None]
        self._listed = _listed_roles(proposal, number)
        self._ranges = [table for table in proposal.ranges if table.sheet == number]
        self._marks: dict[Place, list[Mark]] = {}
        for mark in _marks_of(proposal, number):
            if mark.place:
                self._marks.setdefault(mark.place, []).append(mark)

    def line(self, row: int, columns: range) -> Iterable[CellShown]:
        covered = -1
        for column in columns:
            if column <= covered:
                continue
            covered = min(self._sheet.last_column_of(row, column), columns[-1])
            yield self._cell((row, column), covered - column + 1)

    def _cell(self, place: Place, span: int) -> CellShown:
        marks = self._marks.get(place, [])
        worst = next(
            (level for level in ("error", "doubt", "note") if any(mark.severity == level for mark in marks)), ""
        )
        key = key_of(self._number, place)
        return CellShown(
            key=key, name=place_name(place), text=self._sheet.text(*place), role=self._role(place), mark=worst,
            reason=" ".join(reason_of(mark) for mark in marks), corrected=key in self._corrected, span=span,
        )  # fmt: skip

    def _role(self, place: Place) -> str:
        if role := self._listed.get(place):
            return role
        for grid in self._grids:
            if role := _role_in(grid, place):
                return role
        return "range" if any(_in_ranges(table, place) for table in self._ranges) else ""


def _marks_of(proposal: ImportProposal, number: int) -> Iterable[Mark]:
    yield from (mark for grid in proposal.grids if grid.sheet == number for mark in grid.marks)
    yield from (mark for rate in proposal.rates if rate.sheet == number for mark in rate.marks)
    yield from (mark for table in proposal.ranges if table.sheet == number for mark in table.marks)
    yield from (left.mark for left in proposal.left_over if left.sheet == number)


def _listed_roles(proposal: ImportProposal, number: int) -> dict[Place, str]:
    """Roles of cells in lists and in prices by area, length or piece."""
    found: dict[Place, str] = {}
    for grid in proposal.grids:
        if grid.sheet == number and grid.listed:
            found |= {(row, grid.listed.width_column): "width" for row in grid.rows}
            if grid.listed.drop_column is not None:
                found |= {(row, grid.listed.drop_column): "drop" for row in grid.rows}
            found |= dict.fromkeys(grid.listed.places.values(), "price")
    for rate in proposal.rates:
        if rate.sheet == number:
            found |= {place: "width" if word.startswith("min_") else "price" for word, place in rate.places.items()}
    return found


def _role_in(grid: Grid, place: Place) -> str:
    row, column = place
    if row == grid.header_row and column in grid.columns:
        return "drop" if grid.transposed else "width"
    if column == grid.axis_column and row in grid.rows:
        return "width" if grid.transposed else "drop"
    return "price" if row in grid.rows and column in grid.columns else ""


def _in_ranges(table: Ranges, place: Place) -> bool:
    last = table.rows[-1].row if table.rows else table.header_row
    return table.header_row <= place[0] <= last and place[1] in table.columns.values()
