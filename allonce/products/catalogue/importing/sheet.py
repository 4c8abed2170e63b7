"""A sheet as the finder sees it: cells, whatever kind of file they came from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `number` is set only where the file stored a number; rows and columns count from 0.

    `currency` (ISO code) and `unit` (mm, cm, m, in, ft) come from the number format alone: what the cell shows
    beside its number without storing it.
    """

    text: str
    number: Decimal | None = None
    currency: str = ""
    unit: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """Merged cells; all four edges are inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet's filled cells by (row, column). Empty cells are absent."""

    name: str
    cells: dict[Place, Cell]
    merged: tuple[Region, ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    hidden: bool = False

    def at(self, row: int, column: int) -> Cell | None:
        return self.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.text if cell else ""

    @cached_property
    def rows(self) -> dict[int, list[int]]:
        """The filled columns of each row that has any, both ascending."""
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, []).append(column)
        return found

    @cached_property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @cached_property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1

    @cached_property
    def spans(self) -> dict[Place, Region]:
        """The merged region that starts at a place."""
        return {(region.top, region.left): region for region in self.merged}

    def last_column_of(self, row: int, column: int) -> int:
        """The right edge of the cell, which is further right where it is merged."""
        region = self.spans.get((row, column))
        return region.right if region else column

    def hides_something(self) -> bool:
        """Whether a hidden row or column holds a filled cell."""
        if not self.hidden_rows and not self.hidden_columns:
            return False
        return any(row in self.hidden_rows or column in self.hidden_columns for row, column in self.cells)

    def only_visible(self) -> "Sheet":
        """The same sheet without what hidden rows and columns hold; all places stay as they were."""
        shown = {
            place: cell
            for place, cell in self.cells.items()
            if place[0] not in self.hidden_rows and place[1] not in self.hidden_columns
        }
        return replace(self, cells=shown)

    def with_cells(self, changes: dict[Place, Cell]) -> "Sheet":
        """The same sheet with some cells replaced; a cell without text goes."""
        cells = {place: cell for place, cell in {**self.cells, **changes}.items() if cell.text}
        return replace(self, cells=cells)


def text_cell(text: str) -> Cell:
    """A cell that holds words only, trimmed, with every kind of space made plain."""
    return Cell(" ".join(text.split()))


def number_text(number: Decimal) -> str:
    """A stored number as people write it: no exponent, no trailing zeros."""
    return f"{number.normalize():f}"


def column_name(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def place_name(place: Place) -> str:
    """(0, 1) -> B1."""
    return f"{column_name(place[1])}{place[0] + 1}"


def sheets_with_content(sheets: Iterable[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.cells]
