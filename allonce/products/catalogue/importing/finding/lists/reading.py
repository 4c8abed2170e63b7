"""Finds the lists of a sheet and sorts their rows by band."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from allonce.products.catalogue.importing.finding.bands import bare_label
from allonce.products.catalogue.importing.finding.lists.columns import (
    Columns,
    PriceColumn,
    columns_of,
    is_unused_figure_column,
)
from allonce.products.catalogue.importing.finding.lists.names import Names
from allonce.products.catalogue.importing.finding.lists.rows import ListRows, rows_under
from allonce.products.catalogue.importing.finding.lists.sides import Side, sides_of
from allonce.products.catalogue.importing.finding.lists.tables import ListDraft
from allonce.products.catalogue.importing.finding.naming import Name, title_over
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.proposal import LeftOver, Mark

LONGEST = 200
_LEAST_ROWS = 2


@dataclass
class Lists:
    """What the lists of one sheet gave; `reserved` are the rows that they take up."""

    drafts: list[ListDraft] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    reserved: set[int] = field(default_factory=set)


@dataclass
class _Reading:
    """One list while its rows are sorted; `sized` are the rows with a size on each side."""

    view: View
    columns: Columns
    rows: ListRows
    sides: list[Side]
    names: Names
    title: str

    @property
    def sized(self) -> list[int]:
        return [row for row in self.rows.rows if all(row in side.by_row for side in self.sides)]


def find_lists(view: View, unit: str) -> Lists:
    """All lists of sizes and prices. `unit` is the person's answer, empty where they gave none."""
    found = Lists()
    after = -1
    for row in view.sheet.rows:
        columns = columns_of(view, row) if row > after else None
        if columns is None or not _heads_list(columns):
            continue
        rows = rows_under(view, columns, tuple(one.column for one in columns.prices))
        names, title = Names(view, columns, rows, after), title_over(view, row, after)
        reading = _Reading(view, columns, rows, sides_of(view, columns, rows.rows, unit), names, title)
        if _is_list(reading):
            _take(reading, found)
            after = rows.last
    return found


def _heads_list(columns: Columns) -> bool:
    """Sizes and prices; a colour or a smallest size beside them tells of a table of ranges."""
    sized = "size" in columns.roles or "width" in columns.roles
    return sized and bool(columns.prices) and not {"colour", "min_width", "min_drop"} & set(columns.roles)


def _is_list(reading: _Reading) -> bool:
    sized = reading.sized
    if len(sized) < _LEAST_ROWS or len(sized) * 2 < len(reading.rows.rows):
        return False
    return not ("range" in reading.columns.roles and _names_bands(reading))


def _names_bands(reading: _Reading) -> bool:
    """`Range | Max width | Max drop | Price` with 1, 2, 3 under the price and each name once: bands, not prices."""
    view, column = reading.view, reading.columns.roles["range"]
    names = [view.text(row, column) for row in reading.sized]
    texts = [view.text(row, one.column) for one in reading.columns.prices for row in reading.sized]
    return len(set(names)) == len(names) and all(bare_label(text) for text in texts if text)


def _take(reading: _Reading, found: Lists) -> None:
    drafts = _drafts(reading)
    kept = [draft for draft in drafts if max(len(draft.widths), len(draft.drops)) <= LONGEST]
    if len(drafts) > LONGEST:
        mark = Mark("rate_too_many", "doubt", drafts[0].place, {"count": len(drafts)})
        found.left_over.append(LeftOver(reading.view.number, mark))
        kept = []
    else:
        found.left_over += [_too_long(draft) for draft in drafts if draft not in kept]
    if kept:
        kept[0].marks += [*_size_marks(reading.sides), *_left_out(reading), *_unused(reading)]
    found.drafts += kept
    found.reserved |= set(range(reading.columns.row, reading.rows.last + 1))


def _drafts(reading: _Reading) -> list[ListDraft]:
    """One draft for each band that a column, a title row or a column of prices names."""
    mm = [side.by_row for side in reading.sides]
    found: dict[tuple[int, str], ListDraft] = {}
    for row in reading.sized:
        size = (mm[0][row], mm[1][row] if len(mm) > 1 else 0)
        for price in reading.columns.prices:
            if not reading.view.text(row, price.column):
                continue
            name = reading.names.of(row, price)
            key = (price.column, name.band.casefold() if name else "")
            draft = found.get(key) or _new(reading, price, name)
            found[key] = draft
            draft.places[size].append((row, price.column))
    return list(found.values())


def _new(reading: _Reading, price: PriceColumn, name: Name | None) -> ListDraft:
    view, columns = reading.view, reading.columns
    part = name.band.casefold() if name else ""
    return ListDraft(
        view=view,
        key=f"{view.number}:list:{columns.row}:{price.column}:{part}",
        place=(columns.row, columns.roles.get("width", columns.roles.get("size", 0))),
        name=name,
        title=reading.title,
        axes=[side.axis for side in reading.sides],
        drop_column=columns.roles.get("drop"),
    )


def _size_marks(sides: list[Side]) -> list[Mark]:
    """Marks on sizes, each size once however many rows repeat it."""
    marks = [mark for side in sides for mark in side.axis.marks]
    first = {(mark.code, mark.params.get("written")): mark for mark in reversed(marks)}
    return list(first.values())[::-1]


def _left_out(reading: _Reading) -> Iterator[Mark]:
    """Prices whose size cannot be read, and columns where empty cells were filled from above."""
    view, columns, sized = reading.view, reading.columns, set(reading.sized)
    for row in reading.rows.rows:
        if row not in sized:
            words = [text for column in sorted(columns.used) if (text := view.text(row, column))]
            params: dict[str, str | int] = {"row": row + 1, "written": " ".join(words)[:60]}
            yield Mark("row_left_out", "doubt", (row, min(columns.used)), params)
    for column in (columns.roles[word] for word in ("width", "drop", "band") if word in columns.roles):
        empty = next((row for row in reading.sized if not view.text(row, column)), None)
        if empty is not None:
            yield Mark("list_copied", "doubt", (empty, column))


def _unused(reading: _Reading) -> Iterator[Mark]:
    return mark_unused(reading.view, reading.columns, reading.sized, reading.columns.unused)


def mark_unused(view: View, columns: Columns, rows: list[int], unused: tuple[int, ...]) -> Iterator[Mark]:
    """Columns whose figures nothing takes."""
    for column in unused:
        if is_unused_figure_column(view, columns, column, rows):
            place = (columns.row, column)
            yield Mark("column_unused", "doubt", place, {"written": view.text(*place)[:40]})


def _too_long(draft: ListDraft) -> LeftOver:
    params: dict[str, str | int] = {"widths": len(draft.widths), "drops": len(draft.drops)}
    return LeftOver(draft.view.number, Mark("list_too_long", "doubt", draft.place, params))
