"""One worksheet's XML into a Sheet, element by element, so that memory follows the filled cells alone."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from allonce.products.catalogue.importing import problems
from allonce.products.catalogue.importing.reading import guard
from allonce.products.catalogue.importing.reading.formats import PLAIN, Shown
from allonce.products.catalogue.importing.reading.xml_parts import local
from allonce.products.catalogue.importing.sheet import Cell, Place, Region, Sheet, number_text, text_cell

_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$")
MAX_REGIONS = 20_000
# A formula whose result the file does not hold: shown, and never taken for a number.
NO_RESULT = "#FORMULA"


class SheetTarget:
    """Receives worksheets one after another; all sheets of a file share one count of cells."""

    def __init__(self, strings: list[str], shown: list[Shown], bold: list[bool]) -> None:
        self._strings, self._shown, self._bold = strings, shown, bold
        self._count = 0
        self.begin()

    def begin(self) -> None:
        """Starts a new sheet."""
        self._cells: dict[Place, Cell] = {}
        self._merged: list[Region] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._column = -1
        self._kind, self._style, self._taking, self._formula = "n", 0, False, False
        self._parts: list[str] = []

    def sheet(self, name: str, hidden: bool) -> Sheet:
        return Sheet(
            name,
            self._cells,
            tuple(self._merged),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
            hidden,
        )

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self._start_cell(attrs)
        elif name in ("v", "t"):
            self._taking = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._start_row(attrs)
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))
        elif name == "col":
            self._hide_columns(attrs)

    def data(self, text: str) -> None:
        if self._taking:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            self._end_cell()

    def _start_row(self, attrs: dict[str, str]) -> None:
        self._row = int(attrs["r"]) - 1 if attrs.get("r", "").isdigit() else self._row + 1
        self._column = -1
        if attrs.get("hidden") in ("1", "true"):
            self._hidden_rows.add(self._row)

    def _start_cell(self, attrs: dict[str, str]) -> None:
        reference = _REFERENCE.match(attrs.get("r", ""))
        self._column = column_of(reference[1]) if reference else self._column + 1
        self._kind = attrs.get("t", "n")
        style = attrs.get("s", "0")
        self._style = int(style) if style.isdigit() else 0
        self._parts, self._formula = [], False

    def _end_cell(self) -> None:
        text = "".join(self._parts)
        if not text and self._formula:
            text, self._kind = NO_RESULT, "str"
        cell = self._cell(text) if text else None
        if cell is None or not cell.text:
            return
        self._count += 1
        if self._count > guard.MAX_CELLS:
            raise problems.SheetTooLarge
        self._cells[(self._row, self._column)] = cell

    def _cell(self, text: str) -> Cell | None:
        bold = self._style < len(self._bold) and self._bold[self._style]
        if self._kind == "s":
            index = int(text) if text.isdigit() else -1
            text = self._strings[index] if 0 <= index < len(self._strings) else ""
        if self._kind != "n":
            return Cell(text_cell(text).text, bold=bold)
        return self._number(text, bold)

    def _number(self, text: str, bold: bool) -> Cell:
        shown = self._shown[self._style] if self._style < len(self._shown) else PLAIN
        try:
            # Through float: files hold 31.100000000000001 where the sheet shows 31.1.
            number = Decimal(repr(float(text)))
        except (ValueError, InvalidOperation):
            return Cell(text_cell(text).text, bold=bold)
        if not number.is_finite():
            return Cell(text, bold=bold)
        if shown.is_date:
            return Cell(_date(number), bold=bold)
        if shown.is_percent:
            return Cell(f"{number_text(number * 100)}%", bold=bold)
        return Cell(number_text(number), number, shown.currency, shown.unit, bold)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.match(first), _REFERENCE.match(last)
        if not start or not end or len(self._merged) >= MAX_REGIONS:
            return
        region = Region(int(start[2]) - 1, column_of(start[1]), int(end[2]) - 1, column_of(end[1]))
        self._merged.append(region)

    def _hide_columns(self, attrs: dict[str, str]) -> None:
        if attrs.get("hidden") not in ("1", "true"):
            return
        first, last = attrs.get("min", ""), attrs.get("max", "")
        if first.isdigit() and last.isdigit():
            self._hidden_columns.update(range(int(first) - 1, min(int(last), 16_384)))


def column_of(letters: str) -> int:
    """A -> 0, AA -> 26."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _date(serial: Decimal) -> str:
    """A spreadsheet's day number as a date; days count from 30 Dec 1899."""
    try:
        return f"{datetime(1899, 12, 30) + timedelta(days=float(serial)):%Y-%m-%d}"  # noqa: DTZ001 a day, no instant
    except OverflowError:
        return number_text(serial)
