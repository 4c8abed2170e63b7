"""A block with its way round, units, band and prices settled: a Grid."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from allonce.products.catalogue.importing.finding import naming, orientation, units
from allonce.products.catalogue.importing.finding.axes import Axis, read_axis
from allonce.products.catalogue.importing.finding.blocks import Block
from allonce.products.catalogue.importing.finding.checks import Prices, check_prices
from allonce.products.catalogue.importing.finding.counting import Counting, counting_of, read_counts
from allonce.products.catalogue.importing.finding.orientation import Evidence
from allonce.products.catalogue.importing.finding.prices import Money, read_prices
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.proposal import Grid, Mark
from allonce.products.catalogue.importing.sheet import Place, column_name
from allonce.products.catalogue.importing.words import says_total

Answers = dict[str, str]


@dataclass
class Draft:
    """A block on its way to becoming a Grid."""

    view: View
    block: Block
    across: Axis
    down: Axis
    way: Evidence
    name: naming.Name | None
    counting: Counting | None = None

    @property
    def place(self) -> Place:
        """Where marks on the whole table stand."""
        return self.block.run.row, self.block.axis

    @property
    def title(self) -> str:
        return naming.title_of(self.view, self.block)

    @property
    def axes(self) -> list[Axis]:
        """The sides that measure."""
        return [axis for axis in (self.across, self.down) if not axis.counted]

    @property
    def price_places(self) -> Iterator[Place]:
        return ((row, column) for row in self.block.rows for column in self.block.run.columns)

    @property
    def key(self) -> str:
        """Stable over re-readings of the same sheet."""
        return f"{self.view.number}:{self.block.run.row}:{self.block.run.columns[0]}:{self.block.rows[0]}"


def draft_grid(view: View, block: Block, answers: Answers, evidence: Evidence | None) -> Draft:
    """Settles the sides and the way of one block. `evidence`: what other tables of the sheet tell about the way."""
    counting = counting_of(view, block, answers.get("counts", ""), answers.get("method", ""))
    if counting:
        return _draft_counted(view, block, answers, counting)
    found = orientation.settle(orientation.evidence_for(view, block))
    if found is None or (evidence and not found.certain):
        found = evidence
    across = _across(view, block, answers, found)
    down = _down(view, block, answers, found)
    way = found or orientation.by_plausibility(max(across.mm, default=0), max(down.mm, default=0))
    if answers.get("orientation") in ("across", "down"):
        way = Evidence("down" if answers["orientation"] == "down" else "across", "answered", "")
    return Draft(view, block, across, down, way, naming.name_of(view, block))


def _draft_counted(view: View, block: Block, answers: Answers, counting: Counting) -> Draft:
    """The side that counts widths of fabric is the widths, so the other one is the drops."""
    way = Evidence(counting.side, counting.why, counting.written)
    if counting.side == "across":
        across = read_counts(view, [(block.run.row, column) for column in block.run.columns], counting)
        down = _down(view, block, answers, way)
    else:
        across = _across(view, block, answers, way)
        down = read_counts(view, [(row, block.axis) for row in block.rows], counting)
    return Draft(view, block, across, down, way, naming.name_of(view, block), counting)


def finish(draft: Draft, money: Money, name: naming.Name | None, extra: list[Mark]) -> Grid:
    """Reads the prices and puts drops, widths and prices in rising order."""
    transposed = draft.way.way == "down"
    widths, drops = (draft.down, draft.across) if transposed else (draft.across, draft.down)
    order_w, order_d = _rising(widths), _rising(drops)
    lines, marks = _prices(draft, money)
    prices: Prices = [
        [lines[width][drop] if transposed else lines[drop][width] for width in order_w] for drop in order_d
    ]
    rows, columns = (order_w, order_d) if transposed else (order_d, order_w)
    grid = Grid(
        key=draft.key,
        sheet=draft.view.number,
        band=name.band if name else None,
        widths_mm=tuple(widths.mm[index] for index in order_w),
        drops_mm=tuple(drops.mm[index] for index in order_d),
        prices=tuple(tuple(line) for line in prices),
        rows=tuple(draft.block.rows[index] for index in rows),
        columns=tuple(draft.block.run.columns[index] for index in columns),
        header_row=draft.block.run.row,
        axis_column=draft.block.axis,
        transposed=transposed,
        title=draft.title,
        counted=draft.counting is not None,
    )
    return _marked(grid, draft, prices, [*extra, *marks])


def _marked(grid: Grid, draft: Draft, prices: Prices, marks: list[Mark]) -> Grid:
    found = [*draft.across.marks, *draft.down.marks, *_block_marks(draft), *marks]
    marked = {mark.place for mark in found if mark.severity != "note"}
    checks = check_prices(prices, grid.cell_of, lambda place: draft.view.amount(*place))
    found += [mark for mark in checks if mark.place not in marked or mark.code in ("jump", "dip")]
    return replace(grid, marks=tuple(found))


def _prices(draft: Draft, money: Money) -> tuple[Prices, list[Mark]]:
    places = [[(row, column) for column in draft.block.run.columns] for row in draft.block.rows]
    return read_prices(draft.view, places, money)


def _rising(axis: Axis) -> list[int]:
    order = [index for index in range(len(axis.mm)) if index not in axis.left_out]
    return order if axis.rising else order[::-1]


def _across(view: View, block: Block, answers: Answers, way: Evidence | None) -> Axis:
    places: list[Place] = [(block.run.row, column) for column in block.run.columns]
    twins = None if block.second_row is None else [(block.second_row, column) for column in block.run.columns]
    near = [*_corner_label(view, block, way, across=True), *orientation.texts_above(view, block)]
    return _axis(view, places, near, answers, twins)


def _down(view: View, block: Block, answers: Answers, way: Evidence | None) -> Axis:
    places: list[Place] = [(row, block.axis) for row in block.rows]
    twins = None if block.second_column is None else [(row, block.second_column) for row in block.rows]
    near = [*_corner_label(view, block, way, across=False), *orientation.texts_beside(view, block)]
    return _axis(view, places, near, answers, twins)


def _corner_label(view: View, block: Block, way: Evidence | None, *, across: bool) -> list[str]:
    corner = view.text(block.run.row, block.axis)
    widths_across = way is None or way.way == "across"
    label = units.label_for(corner, width=across == widths_across)
    return [label] if label and view.is_words(block.run.row, block.axis) else []


def _axis(view: View, places: list[Place], near: list[str], answers: Answers, twins: list[Place] | None) -> Axis:
    sizes = [size for place in places if (size := view.size(*place))]
    unit = units.settle_unit(sizes, near, view.loose_words[:40], answers.get("unit", ""))
    return read_axis(view, places, unit, twins)


def _block_marks(draft: Draft) -> list[Mark]:
    view, block = draft.view, draft.block
    marks = [_left_out(view, block, row) for row in block.skipped]
    by_width_alone = draft.way.why == "corner" and draft.way.written == "0"
    if (len(block.rows) == 1 and not by_width_alone) or len(block.run.columns) == 1:
        marks.append(Mark("single_line", "doubt"))
    if block.rivals:
        marks.append(Mark("second_axis", "doubt", (block.run.row, block.axis), {"column": column_name(block.axis)}))
    if block.shared:
        marks.append(Mark("shared_sizes", "note", (block.run.row, block.run.columns[0])))
    return marks


def _left_out(view: View, block: Block, row: int) -> Mark:
    words = view.words_in(row, range(min(block.axis, block.run.columns[0]), block.run.columns[-1] + 1))
    written = words[0][:60] if words else ""
    total = says_total(written)
    code = "total_left_out" if total else "row_left_out"
    return Mark(code, "note" if total else "doubt", (row, block.axis), {"row": row + 1, "written": written})
