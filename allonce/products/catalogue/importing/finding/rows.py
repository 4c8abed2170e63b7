"""Which rows below a run of sizes belong to its table, and where the next table starts."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from allonce.products.catalogue.importing.finding.bands import band_label, bare_label
from allonce.products.catalogue.importing.finding.runs import Run, is_orderly, same_sizes
from allonce.products.catalogue.importing.finding.view import View, comparable
from allonce.products.catalogue.importing.words import says_drop, says_total, says_width

RowKind = Literal["blank", "data", "empty", "repeat", "second", "head", "unsized", "words", "title"]
BLANKS_THAT_END = 4
# Inches, feet, centimetres and metres under millimetres, either way round.
_RATIOS = tuple(
    Decimal(text) for text in ("1", "25.4", "10", "1000", "304.8", "2.54", "100", "12", "30.48", "39.37", "3.2808")
)


@dataclass
class Segment:
    """Rows found under one head. `next_start`: where another table under the same head may begin."""

    start: int
    rows: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    second: int | None = None
    next_start: int | None = None


@dataclass
class _Walk:
    """One walk down the rows; `apart` tells that something stood between the last row and this one."""

    view: View
    run: Run
    axis: int
    found: Segment
    blanks: int = 0
    apart: bool = False

    def value(self, row: int) -> Decimal:
        size = self.view.size(row, self.axis)
        return comparable(size) if size else Decimal(-1)

    def restarts(self, row: int) -> bool:
        """Whether this row's size begins a new table rather than being mistyped."""
        rows = self.found.rows
        if not rows:
            return False
        value, rising = self.value(row), self.value(rows[0]) <= self.value(rows[-1])
        goes_on = value > self.value(rows[-1]) if rising else value < self.value(rows[-1])
        if self._names_another_band(row):
            return True
        if goes_on:
            return False
        return self.apart or value == self.value(rows[0]) or self._label(row) != self._label(rows[0])

    def _names_another_band(self, row: int) -> bool:
        """Whether a column beside the sizes says band B where it said band A twice, or said it in full."""
        rows = self.found.rows
        before, after = self._label(rows[-1]), self._label(row)
        if not before or not after or before == after:
            return False
        named = band_label(before[-1]), band_label(after[-1])
        if all(named):
            return named[0] != named[1]
        bare = bare_label(before[-1]) and bare_label(after[-1])
        return bool(bare) and len(rows) > 1 and self._label(rows[-2]) == before

    def _label(self, row: int) -> list[str]:
        return self.view.words_in(row, range(max(0, self.axis - 2), self.axis))

    def next_sized(self, row: int) -> int | None:
        """The next row with a size at its head, before a gap that ends tables."""
        for later in range(row + 1, min(row + 6, self.view.sheet.height)):
            if kind_of(self.view, self.run, self.axis, later) == "data":
                return later
        return None


def collect(view: View, run: Run, axis: int, start: int) -> Segment:
    """Walks down from `start` until the table ends."""
    walk = _Walk(view, run, axis, Segment(start))
    for row in range(start, view.sheet.height):
        if not _take(walk, row, kind_of(view, run, axis, row)):
            break
    return walk.found


def kind_of(view: View, run: Run, axis: int, row: int) -> RowKind:
    """What a row is to the table under `run` with its sizes in column `axis`."""
    filled = view.filled(row, run.columns)
    if not filled and (row, axis) not in view.sheet.cells:
        return _kind_of_bare(view, run, axis, row)
    if view.size(row, axis) is not None and not same_sizes(view, row, run):
        return _kind_of_sized(view, row, filled)
    return _kind_of_headed(view, run, axis, row)


def _kind_of_headed(view: View, run: Run, axis: int, row: int) -> RowKind:
    """A row that does not start with a size."""
    if same_sizes(view, row, run):
        return "repeat"
    if _is_second_head(view, run, row):
        return "second"
    if _is_other_head(view, run, axis, row):
        return "head"
    if any(view.amount(row, column).state == "price" for column in view.filled(row, run.columns)):
        return "unsized"
    return "title" if _titles(view, run, axis, row) else "words"


def _kind_of_bare(view: View, run: Run, axis: int, row: int) -> RowKind:
    if _titles(view, run, axis, row):
        return "title"
    return "words" if view.words_in(row, _around(run, axis)) else "blank"


def _kind_of_sized(view: View, row: int, filled: list[int]) -> RowKind:
    if not filled:
        return "empty"
    priced = sum(view.is_priced(row, column) for column in filled)
    return "data" if priced * 2 >= len(filled) else "words"


def _around(run: Run, axis: int) -> range:
    return range(min(axis, run.columns[0]), max(axis, run.columns[-1]) + 1)


def _titles(view: View, run: Run, axis: int, row: int) -> bool:
    """Whether a band is named across the table, or left of its sizes, as over a second column of sizes."""
    beside = range(max(0, axis - 2), axis) if axis < run.columns[0] else range(0)
    return any(band_label(text) for places in (beside, _around(run, axis)) for text in view.words_in(row, places))


def _is_second_head(view: View, run: Run, row: int) -> bool:
    """The same sizes again in another unit, directly below the head."""
    if row > run.row + 2:
        return False
    sizes = [view.size(row, column) for column in run.columns]
    return in_step([comparable(size) if size else None for size in sizes], list(run.values)) is not None


def _is_other_head(view: View, run: Run, axis: int, row: int) -> bool:
    """Other sizes in a row: the head of another table, where the cells can be nothing but sizes or a word says so."""
    here = [(column, size) for column in run.columns if (size := view.size(row, column))]
    if len(here) < 2 or not is_orderly(tuple(comparable(size) for _, size in here)):
        return False
    corner = view.text(row, axis)
    if says_width(corner) or says_drop(corner) or band_label(corner):
        return True
    return any(not view.is_priced(row, column) for column, _ in here)


def in_step(left: list[Decimal | None], right: list[Decimal]) -> Decimal | None:
    """The ratio of two units, if one list is the other in another unit, within the rounding of printed sizes."""
    pairs = [(one, other) for one, other in zip(left, right, strict=False) if one and other]
    if len(pairs) < 2 or len(pairs) < len(right):
        return None
    for ratio in _RATIOS:
        for way in (ratio, 1 / ratio):
            if all(abs(one * way - other) <= max(other * Decimal("0.02"), Decimal("0.02")) for one, other in pairs):
                return way
    return None


def _take(walk: _Walk, row: int, kind: RowKind) -> bool:
    """Files one row; False where the table ends."""
    if kind == "blank":
        walk.blanks, walk.apart = walk.blanks + 1, True
        return walk.blanks <= BLANKS_THAT_END
    walk.blanks = 0
    if kind in ("data", "empty"):
        return _take_sized(walk, row, kind)
    if kind == "repeat":
        return _take_repeat(walk, row)
    if kind == "head":
        return False
    if kind == "second":
        walk.found.second = row
        return not walk.found.rows
    return _take_between(walk, row, kind)


def _take_sized(walk: _Walk, row: int, kind: RowKind) -> bool:
    if walk.restarts(row):
        walk.found.next_start = row
        return False
    if kind == "empty" and (walk.apart or not walk.found.rows):
        walk.found.skipped.append(row)
        return True
    walk.found.rows.append(row)
    walk.apart = False
    return True


def _take_repeat(walk: _Walk, row: int) -> bool:
    following = walk.next_sized(row)
    if not walk.found.rows:
        return False
    walk.apart = True
    goes_on = following is not None and not walk.restarts(following)
    walk.found.repeated += [row] if goes_on else []
    return goes_on


def _take_between(walk: _Walk, row: int, kind: RowKind) -> bool:
    """A title, words, or prices without a size: skipped inside a table, its end before another one."""
    if not walk.found.rows:
        return _take_before(walk, row, kind)
    following = walk.next_sized(row)
    was_apart, walk.apart = walk.apart, True
    if kind == "title" or following is None or walk.restarts(following):
        return _end(walk, row, kind, last=following is None)
    walk.apart = was_apart
    if kind == "unsized":
        walk.found.skipped.append(row)
    return True


def _take_before(walk: _Walk, row: int, kind: RowKind) -> bool:
    """Rows between a head and its first size; under a head that is used again, they are a head of their own."""
    own_head = walk.found.start == walk.run.row + 1
    if kind == "unsized" and own_head:
        walk.found.skipped.append(row)
    return own_head or kind in ("words", "title")


def _end(walk: _Walk, row: int, kind: RowKind, *, last: bool) -> bool:
    """Ends the table; what follows may use its head again, unless the row is itself a head."""
    total = says_total(walk.view.text(row, walk.axis))
    if kind == "unsized" and (last or total):
        walk.found.skipped.append(row)
    if kind != "unsized" or total:
        walk.found.next_start = row + 1
    return False
