"""Runs of sizes along a row: what may head a price table."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from allonce.products.catalogue.importing.finding.bands import band_label, says_band
from allonce.products.catalogue.importing.finding.view import View, comparable
from allonce.products.catalogue.importing.words import says_drop, says_width


@dataclass(frozen=True)
class Run:
    """Sizes along one row, in the order of their columns."""

    row: int
    columns: tuple[int, ...]
    values: tuple[Decimal, ...]

    @property
    def span(self) -> range:
        return range(self.columns[0], self.columns[-1] + 1)


def runs_of(view: View, row: int) -> list[Run]:
    """All runs of a row that rise (or fall) like sizes do, from the left."""
    groups: list[list[int]] = [[]]
    for column in view.sheet.rows.get(row, []):
        if view.size(row, column) is None:
            groups.append([])
            continue
        if groups[-1] and _breaks(view, row, groups[-1], column):
            groups.append([])
        groups[-1].append(column)
    runs = [_run(view, row, group) for group in groups if len(group) >= 2 or _has_corner(view, row, group)]
    return [run for run in runs if is_orderly(run.values) and not _numbers_bands(view, run)]


def _has_corner(view: View, row: int, group: list[int]) -> bool:
    """Whether a lone size stands beside a corner that names both sides."""
    corner = view.text(row, group[0] - 1) if group else ""
    return says_width(corner) and says_drop(corner)


def is_orderly(values: tuple[Decimal, ...]) -> bool:
    """Mostly rising, or mostly falling: one mistyped size must not hide a table."""
    steps = [after - before for before, after in pairwise(values)]
    up, down = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    return not steps or (max(up, down) * 2 >= len(steps) and max(up, down) > 0)


def same_sizes(view: View, row: int, run: Run) -> bool:
    """Whether a row repeats the run's sizes in the run's columns, as heads do on every printed page."""
    sizes = [view.size(row, column) for column in run.columns]
    same = sum(size is not None and comparable(size) == value for size, value in zip(sizes, run.values, strict=True))
    return same >= 0.8 * len(run.columns)


def _run(view: View, row: int, columns: list[int]) -> Run:
    sizes = [view.size(row, column) for column in columns]
    return Run(row, tuple(columns), tuple(comparable(size) for size in sizes if size))


def _breaks(view: View, row: int, group: list[int], column: int) -> bool:
    """Whether a new table starts here, rather than the same one after an empty column."""
    value, first, last = (_value(view, row, place) for place in (column, group[0], group[-1]))
    gap = range(view.sheet.last_column_of(row, group[-1]) + 1, column)
    if not gap:
        return value == first
    return value <= last or any(_is_axis(view, row, group[-1], between, column) for between in gap)


def _is_axis(view: View, row: int, before: int, column: int, after: int) -> bool:
    """Whether an untitled column between two runs holds sizes: figures that do not fit between the prices beside it."""
    for below in range(row + 1, row + 4):
        size = view.size(below, column)
        left, right = view.amount(below, before).numeral, view.amount(below, after).numeral
        if size and left and right and not left.value <= size.value <= right.value:
            return True
    return False


def _value(view: View, row: int, column: int) -> Decimal:
    size = view.size(row, column)
    return comparable(size) if size else Decimal(-1)


def _numbers_bands(view: View, run: Run) -> bool:
    """`Price group | 1 | 2 | 3` numbers bands; it is no row of sizes."""
    if max(run.values) > 30 or any(value != value.to_integral_value() for value in run.values):
        return False
    before = [view.text(run.row, column) for column in range(max(0, run.columns[0] - 2), run.columns[0])]
    above = [view.text(run.row - 1, column) for column in run.columns] if run.row else []
    return any(says_band(text) and not band_label(text) for text in (*before, *above))
