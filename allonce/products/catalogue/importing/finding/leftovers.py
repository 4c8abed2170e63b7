"""Figures that belong to nothing found: shown, so that nothing is lost in silence."""

from collections.abc import Iterator

from allonce.products.catalogue.importing.finding.blocks import Block
from allonce.products.catalogue.importing.finding.view import View, comparable
from allonce.products.catalogue.importing.proposal import LeftOver, Mark, Severity
from allonce.products.catalogue.importing.sheet import Place

MOST = 200


def left_over(view: View, blocks: list[Block], reserved: set[int]) -> list[LeftOver]:
    """At most `MOST` of them for a sheet: more says only that no table was found there."""
    found: list[LeftOver] = []
    for place in _loose_figures(view, blocks, reserved):
        severity: Severity = "doubt" if not blocks or _is_beside(blocks, place) else "note"
        mark = Mark("left_over", severity, place, {"written": view.text(*place)[:40]})
        found.append(LeftOver(view.number, mark))
        if len(found) >= MOST:
            break
    return found


def _loose_figures(view: View, blocks: list[Block], reserved: set[int]) -> Iterator[Place]:
    used: set[Place] = set()
    for block in blocks:
        used |= block.places | _repeats(view, block)
    for place in sorted(view.sheet.cells):
        if place not in used and place[0] not in reserved and _is_figure(view, place):
            yield place


def _is_figure(view: View, place: Place) -> bool:
    return view.size(*place) is not None or view.amount(*place).state == "price"


def _repeats(view: View, block: Block) -> set[Place]:
    """The sizes again: down the other side, or as a head on every printed page."""
    found: set[Place] = set()
    columns = range(max(0, block.axis - 2), block.run.columns[-1] + 3)
    for row in block.rows:
        own = view.size(row, block.axis)
        same = (
            column
            for column in columns
            if own and (size := view.size(row, column)) and comparable(size) == comparable(own)
        )
        found |= {(row, column) for column in same if column not in block.run.span}
    for row in range(block.run.row, block.rows[-1] + 1):
        if row not in block.rows and row not in block.skipped:
            found |= {(row, column) for column in block.run.columns if _repeats_head(view, block, row, column)}
    return found


def _repeats_head(view: View, block: Block, row: int, column: int) -> bool:
    size, head = view.size(row, column), view.size(block.run.row, column)
    return bool(size and head and comparable(size) == comparable(head))


def _is_beside(blocks: list[Block], place: Place) -> bool:
    """In a row or column that a table has: likely a part of it that was missed."""
    return any(
        place[0] in block.rows
        or (place[1] in block.run.columns and block.run.row - 2 <= place[0] <= block.rows[-1] + 3)
        or (place[1] == block.axis and block.run.row <= place[0] <= block.rows[-1] + 3)
        for block in blocks
    )
