"""Which figures may be shown, so that nothing about a small group can be read or worked out.

A cell whose group is below the minimum is hidden. A single hidden cell could be had by subtracting the rest from the
sum, so hidden cells are gathered into one remainder without names, and further cells go into it, until it could be
made of large ones alone. Which go into it is drawn by lot when the day is counted, and kept: taking the smallest would
let whoever knows the rule bound them, and drawing anew would let two exports be subtracted from each other. A sum of
a small group is not shown either. Days are published as they are and never re-cut: every longer span is the sum of
published days, so that no two tables can be subtracted from each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from allonce.kernel.privacy.analytics.measures import Cell


@dataclass(frozen=True)
class Published:
    """What may be shown of one day and dimension. `rest` is the sum of all cells without a name here, or None."""

    cells: Mapping[str, int] = field(default_factory=dict)
    rest: int | None = None

    @property
    def total(self) -> int | None:
        """The day's sum, or None where even that came from too few."""
        return None if not self.cells and self.rest is None else sum(self.cells.values()) + (self.rest or 0)


def publish(cells: Mapping[str, Cell], total: Cell, minimum: int) -> Published:
    """The cells of one partition of `total` that may be shown for groups of at least `minimum`."""
    if total.group < minimum:
        return Published()
    order = sorted(cells, key=lambda key: (cells[key].lot, key))
    hidden = [key for key in order if cells[key].group < minimum]
    shown = [key for key in order if cells[key].group >= minimum]
    if not hidden:
        return Published({key: cells[key].count for key in shown})
    rest = sum(cells[key].count for key in hidden)
    # Of a remainder of twice the minimum, one cell that might be in it takes the minimum and leaves as much again.
    padded = False
    while shown and (not padded or rest < 2 * minimum):
        rest += cells[shown.pop(0)].count
        padded = True
    return Published({key: cells[key].count for key in shown}, rest)
