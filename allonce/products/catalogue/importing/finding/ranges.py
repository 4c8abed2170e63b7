"""Range tables: range, colour, band and limits of size, row by row."""

from collections.abc import Set
from dataclasses import dataclass, field

from allonce.products.catalogue.importing.finding.heads import LIMITS, columns_of
from allonce.products.catalogue.importing.finding.units import settle_unit
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.proposal import Mark, RangeRow, Ranges
from allonce.products.catalogue.importing.sizes import Size, whole_mm
from allonce.products.catalogue.importing.words import plain

_YES = frozenset(
    {
        "yes",
        "y",
        "x",
        "true",
        "1",
        "discontinued",
        "disc",
        "disco",
        "d",
        "deleted",
        "obsolete",
        "withdrawn",
        "ja",
        "oui",
        "✓",
        "✔",
        "limited",
    }
)
_NO = frozenset(
    {"", "no", "n", "false", "0", "active", "current", "live", "available", "nee", "nein", "non", "-", "ok"}
)
_NO_LIMIT = frozenset({"", "-", "n/a", "na", "none", "no limit", "any", "unlimited"})
_BLANKS_THAT_END = 3


@dataclass
class _Reading:
    """One table while its rows are read."""

    view: View
    columns: dict[str, int]
    units: dict[str, tuple[str, bool]]
    active_column: bool
    rows: list[RangeRow] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    last_range: str = ""
    last_band: str = ""

    def text(self, row: int, word: str) -> str:
        column = self.columns.get(word)
        return "" if column is None else self.view.text(row, column)

    def mark(self, code: str, row: int, word: str, **params: str | int) -> None:
        column = self.columns.get(word, min(self.columns.values()))
        self.marks.append(Mark(code, "doubt", (row, column), params))


def find_ranges(view: View, unit: str, taken: Set[int] = frozenset()) -> list[Ranges]:
    """All range tables of a sheet outside the rows `taken`. `unit` is the person's answer, empty for none."""
    found: list[Ranges] = []
    after = -1
    for row in view.sheet.rows:
        if row <= after or row in taken:
            continue
        columns = columns_of(view, row)
        table = _read(view, row, columns, unit) if columns else None
        if table:
            found.append(table)
            after = max((one.row for one in table.rows), default=row)
    return found


def rows_of(table: Ranges) -> set[int]:
    """The sheet's rows that the table takes up, its head included."""
    last = max((row.row for row in table.rows), default=table.header_row)
    return set(range(table.header_row - 1 if table.header_row else 0, last + 1))


def _read(view: View, head: int, columns: dict[str, int], unit: str) -> Ranges | None:
    active = any(word in plain(view.text(head, columns.get("discontinued", -1))) for word in ("active", "available"))
    reading = _Reading(view, columns, _units(view, head, columns, unit), active)
    blanks = 0
    for row in range(head + 1, view.sheet.height):
        if not view.filled(row, tuple(columns.values())):
            blanks += 1
            if blanks > _BLANKS_THAT_END:
                break
            continue
        blanks = 0
        if all(view.text(row, column) == view.text(head, column) for column in columns.values()):
            continue  # the head again, as on every printed page
        if not _is_note(reading, row):
            _read_row(reading, row)
    if not reading.rows:
        return None
    unused = tuple(view.text(head, column) for column in view.sheet.rows[head] if column not in columns.values())
    key = f"{view.number}:ranges:{head}"
    return Ranges(key, view.number, head, columns, tuple(reading.rows), unused, tuple(reading.marks))


def _is_note(reading: _Reading, row: int) -> bool:
    """One long text alone in a row is a footnote or a title."""
    filled = reading.view.filled(row, tuple(reading.columns.values()))
    return len(filled) == 1 and len(reading.columns) > 2 and not reading.view.size(row, filled[0])


def _read_row(reading: _Reading, row: int) -> None:
    limits = {word: _limit(reading, row, word) for word in LIMITS}
    found = RangeRow(
        range=_range(reading, row),
        colour=reading.text(row, "colour"),
        band=_band(reading, row),
        discontinued=_discontinued(reading, row),
        row=row,
        **limits,
    )
    _check(reading, found)
    reading.rows.append(found)


def _range(reading: _Reading, row: int) -> str:
    name = reading.text(row, "range")
    if "range" not in reading.columns:
        return ""
    if not name and reading.last_range:
        reading.mark("range_copied", row, "range")
        return reading.last_range
    if not name:
        reading.mark("range_unnamed", row, "range")
    reading.last_range = name
    return name


def _band(reading: _Reading, row: int) -> str:
    band = reading.text(row, "band")
    if not band and "band" in reading.columns:
        reading.mark("range_band_missing", row, "band")
    return band


def _limit(reading: _Reading, row: int, word: str) -> int | None:
    text = reading.text(row, word)
    if plain(text) in _NO_LIMIT:
        return None
    size = reading.view.size(row, reading.columns[word])
    if size is None:
        reading.mark("range_size", row, word, written=text[:40])
        return None
    unit, certain = reading.units[word]
    mm = whole_mm(size.value, size.unit or unit)
    if not size.unit and not certain:
        reading.mark("size_unit", row, word, written=text, mm=mm)
    elif mm and not 50 <= mm <= 20_000:
        reading.mark("range_size_absurd", row, word, mm=mm)
    return mm


def _discontinued(reading: _Reading, row: int) -> bool:
    text = plain(reading.text(row, "discontinued"))
    if text not in _YES and text not in _NO:
        reading.mark("range_flag", row, "discontinued", written=text[:40])
        return False
    if reading.active_column and text in ("yes", "y", "x", "true", "1", "no", "n", "false", "0"):
        return text in _NO
    return text in _YES


def _check(reading: _Reading, row: RangeRow) -> None:
    key = (row.range.casefold(), row.colour.casefold())
    if key in reading.seen:
        reading.mark("range_twice", row.row, "colour", other=reading.seen[key] + 1)
    reading.seen.setdefault(key, row.row)
    for least, most, word in ((row.min_width, row.max_width, "max_width"), (row.min_drop, row.max_drop, "max_drop")):
        if least is not None and most is not None and least > most:
            reading.mark("range_limits", row.row, word)


def _units(view: View, head: int, columns: dict[str, int], answer: str) -> dict[str, tuple[str, bool]]:
    """The unit of each limit's column, told by its head, its cells, or all limits together."""
    titles = [text for row in range(max(0, head - 8), head) for text in view.words_in(row, range(view.sheet.width))]
    found = {}
    for word in LIMITS:
        if word not in columns:
            continue
        near = [view.text(head, columns[word]), *([view.text(head - 1, columns[word])] if head else [])]
        settled = settle_unit(_sample(view, head, columns, word), near, titles, answer)
        found[word] = (settled.unit, settled.certain)
    return found


def _sample(view: View, head: int, columns: dict[str, int], word: str) -> list[Size]:
    """Sizes of one limit; of the larger limits where it is a lower one, which alone would say little."""
    judged = word.replace("min_", "max_") if word.replace("min_", "max_") in columns else word
    rows = range(head + 1, min(view.sheet.height, head + 2000))
    return [size for row in rows if (size := view.size(row, columns[judged])) and size.value > 0]
