"""The sizes of a list's rows: two columns, or one with `600 x 1000` in it."""

import re
from dataclasses import dataclass
from functools import cached_property

from allonce.products.catalogue.importing.finding.axes import Axis, measure
from allonce.products.catalogue.importing.finding.lists.columns import Columns
from allonce.products.catalogue.importing.finding.lists.rows import copied_down
from allonce.products.catalogue.importing.finding.units import settle_unit
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.proposal import Mark
from allonce.products.catalogue.importing.sheet import Place
from allonce.products.catalogue.importing.sizes import Size, read_pair
from allonce.products.catalogue.importing.words import plain, says_drop, says_width


@dataclass
class Side:
    """Widths or drops in the rows that have one."""

    rows: list[int]
    axis: Axis

    @cached_property
    def by_row(self) -> dict[int, int]:
        """Millimetres."""
        return dict(zip(self.rows, self.axis.mm, strict=True))


def sides_of(view: View, columns: Columns, rows: list[int], unit: str) -> list[Side]:
    """Widths and drops; widths alone where the list has no drops."""
    if "width" not in columns.roles:
        return _pair_sides(view, columns, rows, unit)
    wanted = [columns.roles[word] for word in ("width", "drop") if word in columns.roles]
    return [_side(view, (columns.row, column), _column_sizes(view, rows, column), unit) for column in wanted]


def _column_sizes(view: View, rows: list[int], column: int) -> list[tuple[int, Place, Size]]:
    copied = copied_down(view, rows, column)
    found = ((row, (copied[row], column)) for row in rows if row in copied)
    return [(row, place, size) for row, place in found if (size := view.size(*place))]


def _pair_sides(view: View, columns: Columns, rows: list[int], unit: str) -> list[Side]:
    column = columns.roles["size"]
    head = view.text(columns.row, column)
    pairs = [(row, pair) for row in rows if (pair := read_pair(view.text(row, column)))]
    first = _first_named(head)
    order = (1, 0) if first == "drop" else (0, 1)
    sides = [
        _side(view, (columns.row, column), [(row, (row, column), pair[index]) for row, pair in pairs], unit)
        for index in order
    ]
    if not first:
        place = (columns.row, column)
        sides[0].axis.marks.append(Mark("list_pair_order", "doubt", place, {"written": head[:40]}))
    return sides


def _first_named(head: str) -> str:
    """Which side comes first in `Drop x Width` or `Size (W x H)`; nothing where the head does not say."""
    for word in re.findall(r"[a-z]+", plain(head)):
        if says_width(word) or says_drop(word):
            return "width" if says_width(word) else "drop"
    return ""


def _side(view: View, head: Place, sizes: list[tuple[int, Place, Size]], unit: str) -> Side:
    row, column = head
    near = [view.text(row, column), *([view.text(row - 1, column)] if row else [])]
    settled = settle_unit([size for _, _, size in sizes], near, view.loose_words[:40], unit)
    axis = measure(view, [place for _, place, _ in sizes], [size for _, _, size in sizes], settled)
    return Side([row for row, _, _ in sizes], axis)
