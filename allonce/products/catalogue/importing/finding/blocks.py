"""Blocks: a run of sizes across, a column of sizes down, and prices between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from allonce.products.catalogue.importing.finding.rows import Segment, collect, in_step
from allonce.products.catalogue.importing.finding.runs import Run, is_orderly, runs_of
from allonce.products.catalogue.importing.finding.view import View, comparable
from allonce.products.catalogue.importing.sheet import Place
from allonce.products.catalogue.importing.words import says_drop, says_width


@dataclass(frozen=True)
class Block:
    """One table as it stands in the sheet, before it is known which way round it is.

    `second_row`, `second_column`: the same sizes in another unit. `shared`: the head belongs to a table above.
    `rivals`: other columns that could have been the sizes down.
    """

    run: Run
    axis: int
    rows: tuple[int, ...]
    skipped: tuple[int, ...] = ()
    second_row: int | None = None
    second_column: int | None = None
    shared: bool = False
    rivals: tuple[int, ...] = ()
    top: int = 0
    repeated: tuple[int, ...] = ()

    @property
    def places(self) -> set[Place]:
        """Every place that belongs to this block, so that no other block starts inside it."""
        columns = [*self.run.span, self.axis, *([self.second_column] if self.second_column is not None else [])]
        heads = [self.run.row, *([self.second_row] if self.second_row is not None else [])]
        return {(row, column) for row in (*heads, *self.rows, *self.skipped, *self.repeated) for column in columns}


def find_blocks(view: View, reserved: set[int]) -> list[Block]:
    """All tables of a sheet from the top; rows in `reserved` belong to range tables."""
    blocks: list[Block] = []
    used: set[Place] = set()
    for row in view.sheet.rows:
        if row in reserved:
            continue
        for run in runs_of(view, row):
            if any((row, column) in used for column in run.columns):
                continue
            for block in _blocks_under(view, run, _end_of_last(blocks, run)):
                blocks.append(block)
                used |= block.places
    return blocks


def _end_of_last(blocks: list[Block], run: Run) -> int:
    """The first row below the tables above this run: words above it belong to them."""
    above = [block for block in blocks if block.run.row < run.row and set(block.run.span) & set(run.span)]
    return max((block.rows[-1] + 1 for block in above), default=0)


def _blocks_under(view: View, run: Run, top: int) -> Iterator[Block]:
    for head in _heads(run):
        candidates = _axis_candidates(view, head)
        found = [(axis, segment) for axis in candidates if (segment := _priced(view, head, axis))]
        if found:
            yield from _chain(view, head, found, top)
            return


def _heads(run: Run) -> list[Run]:
    """The run, and the run without a 0 that fills the corner."""
    if run.values[0] != 0 or len(run.columns) < 3:
        return [run]
    return [run, Run(run.row, run.columns[1:], run.values[1:])]


def _axis_candidates(view: View, run: Run) -> list[int]:
    """Columns that may hold the sizes down, the best first: left before right, near before far."""
    found = _to_the_left(view, run)
    if not found:
        right = range(
            view.sheet.last_column_of(run.row, run.columns[-1]) + 1, min(run.columns[-1] + 4, view.sheet.width)
        )
        found = [column for column in right if _may_be_axis(view, run, column)]
    named = [column for column in found if _is_named(view.text(run.row, column))]
    return [*named, *(column for column in found if column not in named)]


def _to_the_left(view: View, run: Run) -> list[int]:
    """Crosses another table's columns only to find sizes that both tables share."""
    found: list[int] = []
    for column in range(run.columns[0] - 1, -1, -1):
        head = view.size(run.row, column)
        if found and head is not None and head.value != 0:
            break
        if _may_be_axis(view, run, column):
            found.append(column)
    return found


def _is_named(text: str) -> bool:
    return says_width(text) or says_drop(text)


def _may_be_axis(view: View, run: Run, column: int) -> bool:
    """Its head is no size (or is a 0 in the corner), and most of what stands below is sizes in order."""
    head = view.size(run.row, column)
    if head is not None and head.value != 0:
        return False
    below = [row for row in range(run.row + 1, min(run.row + 25, view.sheet.height)) if view.text(row, column)]
    sizes = [size for row in below if (size := view.size(row, column))]
    if not sizes or len(sizes) * 3 < len(below):
        return False
    return len(sizes) == 1 or _somewhere_orderly([comparable(size) for size in sizes])


def _somewhere_orderly(values: list[Decimal]) -> bool:
    """Falls seldom, as where a next table starts again, or falls all the way."""
    falls = sum(after <= before for before, after in pairwise(values))
    return falls * 2 <= len(values) - 1 or is_orderly(tuple(values))


def _priced(view: View, run: Run, axis: int) -> Segment | None:
    segment = collect(view, run, axis, run.row + 1)
    return segment if _holds_prices(view, run, axis, segment.rows) else None


def _holds_prices(view: View, run: Run, axis: int, rows: list[int]) -> bool:
    corner = view.text(run.row, axis)
    least = 1 if says_width(corner) and says_drop(corner) else 2
    filled = [(row, column) for row in rows for column in view.filled(row, run.columns)]
    prices = sum(view.amount(row, column).state == "price" for row, column in filled)
    return prices >= least and sum(view.is_priced(*place) for place in filled) * 5 >= 3 * len(filled)


def _chain(view: View, run: Run, found: list[tuple[int, Segment]], top: int) -> Iterator[Block]:
    """The table under the head, and further tables that use the same head."""
    axis, segment = found[0]
    twin, rivals = _twin_column(view, segment, axis, [other for other, _ in found[1:]])
    if _is_named(view.text(run.row, axis)):
        rivals = ()
    shared = False
    while segment.rows:
        yield Block(
            run,
            axis,
            rows=tuple(segment.rows),
            skipped=tuple(segment.skipped),
            repeated=tuple(segment.repeated),
            second_row=segment.second,
            second_column=twin,
            shared=shared,
            rivals=rivals,
            top=top,
        )
        if segment.next_start is None:
            return
        top, shared = segment.rows[-1] + 1, True
        segment = collect(view, run, axis, segment.next_start)
        if not _holds_prices(view, run, axis, segment.rows):
            return


def _twin_column(view: View, segment: Segment, axis: int, others: list[int]) -> tuple[int | None, tuple[int, ...]]:
    """Tells a column with the same sizes in another unit from a column that could be the sizes itself."""
    own = [comparable(size) for row in segment.rows if (size := view.size(row, axis))]
    rivals = []
    for other in others:
        sizes = [comparable(size) if (size := view.size(row, other)) else None for row in segment.rows]
        if in_step(sizes, own) is not None:
            return other, ()
        if sizes != list(own):
            rivals.append(other)
    return None, tuple(rivals)
