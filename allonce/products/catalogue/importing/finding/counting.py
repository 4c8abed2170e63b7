"""Whether one side of a table counts widths of fabric, as curtain makers price, instead of measuring."""

import re
from dataclasses import dataclass
from typing import Literal

from allonce.products.catalogue.importing.finding import orientation
from allonce.products.catalogue.importing.finding.axes import Axis, mark_order
from allonce.products.catalogue.importing.finding.blocks import Block
from allonce.products.catalogue.importing.finding.units import AxisUnit
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.proposal import Mark
from allonce.products.catalogue.importing.sheet import Place
from allonce.products.catalogue.importing.sizes import Size, may_count
from allonce.products.catalogue.importing.words import plain, unit_in, units_named

Side = Literal["across", "down"]
_SAYS_COUNT = re.compile(
    r"\b(?:number|no\.?|nr\.?|amount) of (?:fabric |full )?widths\b|\b(?:fabric )?widths\b|\bbanen\b"
)
_SAYS_EACH = re.compile(r"\b(?:per|each) (?:curtain|panel|side)\b|\bwidths each\b|\b(?:per|a) pair\b|\bpairs\b")


@dataclass(frozen=True)
class Counting:
    """The side that counts. `basis`: `total`, or `each` where the figures are of one curtain of a pair.

    `said`: the sheet says that it counts, though perhaps not of what.
    """

    side: Side
    basis: str
    certain: bool
    why: str
    written: str = ""
    said: bool = True


def counting_of(view: View, block: Block, answer: str, method: str) -> Counting | None:
    """How the block counts, or None where both of its sides measure. `method`: how the product is priced."""
    if answer == "sizes":
        return None
    across: list[Place] = [(block.run.row, column) for column in block.run.columns]
    down: list[Place] = [(row, block.axis) for row in block.rows]
    sides = [_judge(view, block, across, "across"), _judge(view, block, down, "down")]
    told = _likelier(view, block, [side for side in sides if side], assume=method == "widths_drop" or bool(answer))
    if told is None or not answer:
        return told
    return Counting(told.side, answer, certain=True, why="answered")


def _likelier(view: View, block: Block, possible: list[Counting], *, assume: bool) -> Counting | None:
    """The side that says so. Where nothing says so, a lone possible side counts only if the product is priced so."""
    said = [one for one in possible if one.said]
    if len(said) == 2:
        way = orientation.settle(orientation.evidence_for(view, block))
        return said[1] if way and way.way == "down" else said[0]
    if said:
        return said[0]
    return possible[0] if assume and len(possible) == 1 else None


def read_counts(view: View, places: list[Place], counting: Counting) -> Axis:
    """One side as whole numbers of widths: pricing rounds up to whole ones, so halves in all never occur."""
    sizes = [size for place in places if (size := view.size(*place))]
    axis = Axis(places, sizes, AxisUnit("", counting.why, counting.certain, counting.written), counted=True)
    times = 2 if counting.basis == "each" else 1
    for index, size in enumerate(sizes):
        count = size.value * times
        axis.mm.append(int(count.to_integral_value(rounding="ROUND_CEILING")))
        if count != count.to_integral_value():
            axis.left_out.add(index)
            axis.marks.append(Mark("half_width", "doubt", places[index], {"written": view.text(*places[index])}))
    _mark_order_of_kept(view, axis)
    return axis


def _mark_order_of_kept(view: View, axis: Axis) -> None:
    kept = [index for index in range(len(axis.mm)) if index not in axis.left_out]
    part = Axis([axis.places[index] for index in kept], [axis.sizes[index] for index in kept], axis.unit)
    part.mm = [axis.mm[index] for index in kept]
    mark_order(view, part)
    axis.marks += part.marks


def _judge(view: View, block: Block, places: list[Place], side: Side) -> Counting | None:
    sizes = [size for place in places if (size := view.size(*place))]
    if len(sizes) < len(places) or not all(_is_count(size) for size in sizes):
        return None
    texts = _texts(view, block, side)
    in_cells = sum(size.counts for size in sizes) * 2 >= len(sizes)
    heading = next((text for text in texts if _says_count(text)), "")
    metres = any("m" in units_named(text) for text in view.loose_words[:40])
    said = in_cells or (bool(heading) and not metres)
    basis, sure = _basis(view, sizes, texts)
    why = "cells" if in_cells else "heading" if heading else "method"
    return Counting(side, basis, said and sure, why, heading, said)


def _says_count(text: str) -> bool:
    """`Drop (cm) / Widths`: the part that names the widths names no unit."""
    return any(_SAYS_COUNT.search(plain(part)) and not unit_in(part) for part in re.split(r"[\\/|]", text))


def _is_count(size: Size) -> bool:
    return not size.unit and size.low is None and may_count(size.value)


def _basis(view: View, sizes: list[Size], texts: list[str]) -> tuple[str, bool]:
    """Halves, or words about pairs, tell of one curtain's widths; which of the two is meant is then asked."""
    halves = any(size.value != size.value.to_integral_value() for size in sizes)
    said = any(_SAYS_EACH.search(plain(text)) for text in (*texts, *view.loose_words[:40]))
    return ("each", said and halves) if halves or said else ("total", True)


def _texts(view: View, block: Block, side: Side) -> list[str]:
    corner = view.text(block.run.row, block.axis)
    around = orientation.texts_above(view, block) if side == "across" else orientation.texts_beside(view, block)
    return [corner, *around]
