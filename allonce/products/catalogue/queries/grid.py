"""A price table as the screen shows it: money as text, and how dear each cell is among its neighbours."""

from dataclasses import dataclass

from allonce.products.catalogue.draft import Draft, tables
from allonce.products.catalogue.figures import money

HEATS = 8
ShownCell = tuple[str, int]


@dataclass(frozen=True)
class Grid:
    """Cells are (text, heat): heat 0 is the cheapest eighth of the table, 7 the dearest, -1 no price."""

    widths: list[int]
    lines: list[tuple[int, list[ShownCell]]]

    def rows_from(self, row: int, count: int) -> list[list[ShownCell]]:
        return [cells for _drop, cells in self.lines[row : row + count]]


def grid_of(draft: Draft, head: tables.Head) -> Grid:
    """The whole grid of this table."""
    rows = tables.read_rows(draft, head)
    prices = [cell for row in rows for cell in row if cell is not None]
    low, high = min(prices, default=0), max(prices, default=0)

    def shown(cell: int | None) -> ShownCell:
        if cell is None:
            return "", -1
        return money(cell), min(HEATS - 1, (cell - low) * HEATS // max(1, high - low))

    lines = [(drop, [shown(cell) for cell in row]) for drop, row in zip(head["drops"], rows, strict=False)]
    return Grid(head["widths"], lines)
