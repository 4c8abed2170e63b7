"""ODS: a streaming reader of `content.xml`. Repeated cells and rows are counted, never spread out blindly."""

import zipfile
from decimal import Decimal, InvalidOperation

from allonce.products.catalogue.importing import problems
from allonce.products.catalogue.importing.reading import guard
from allonce.products.catalogue.importing.reading.xml_parts import Deadline, local, stream
from allonce.products.catalogue.importing.sheet import Cell, Place, Region, Sheet, number_text, text_cell
from allonce.products.catalogue.importing.words import currency_in, unit_in

_SKIPPED = frozenset({"annotation", "tracked-changes", "shapes", "forms", "dde-links", "scripts"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})


class ContentTarget:
    """Receives the whole document; makes a Sheet at the end of each table."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._count = 0
        self._skipping = 0
        self._taking = False
        self._attrs: dict[str, str] = {}
        self._parts: list[str] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row_cells: list[tuple[int, Cell]] = []
        self._begin("", hidden=False)

    def _begin(self, name: str, *, hidden: bool) -> None:
        self._name, self._hidden = name, hidden
        self._cells: dict[Place, Cell] = {}
        self._merged: list[Region] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._column = self._defined_columns = 0
        self._row_repeats, self._row_hidden = 1, False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = local(tag)
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
            return
        named = {local(key): value for key, value in attrs.items()}
        if name in _CELLS:
            self._start_cell(named)
        elif name == "p":
            self._start_paragraph()
        elif name == "s" and self._taking:
            self._parts.append(" ")
        else:
            self._start_structure(name, named)

    def _start_structure(self, name: str, named: dict[str, str]) -> None:
        if name == "table":
            self._begin(named.get("name", ""), hidden=named.get("style-name", "") in self._hidden_styles)
        elif name == "table-column":
            self._define_columns(named)
        elif name == "table-row":
            self._start_row(named)
        elif name == "style":
            self._style = named.get("name", "")
        elif name == "table-properties" and named.get("display") == "false":
            self._hidden_styles.add(self._style)

    def end(self, tag: str) -> None:
        name = local(tag)
        if self._skipping:
            self._skipping -= 1
        elif name == "p":
            self._taking = False
        elif name in _CELLS:
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self._end_table()

    def data(self, text: str) -> None:
        if self._taking and not self._skipping:
            self._parts.append(text)

    def _define_columns(self, named: dict[str, str]) -> None:
        count = _repeats(named, "number-columns-repeated")
        if named.get("visibility", "visible") != "visible":
            self._hidden_columns.update(range(self._defined_columns, min(self._defined_columns + count, 16_384)))
        self._defined_columns += count

    def _start_row(self, named: dict[str, str]) -> None:
        self._column, self._row_cells = 0, []
        self._row_repeats = _repeats(named, "number-rows-repeated")
        self._row_hidden = named.get("visibility", "visible") != "visible"

    def _start_cell(self, named: dict[str, str]) -> None:
        self._attrs, self._parts = named, []

    def _start_paragraph(self) -> None:
        if self._parts:
            self._parts.append(" ")
        self._taking = True

    def _end_cell(self) -> None:
        repeats = _repeats(self._attrs, "number-columns-repeated")
        self._note_merge()
        cell = _cell(self._attrs, "".join(self._parts))
        if cell.text:
            self._count_cells(repeats * self._row_repeats)
            self._row_cells += [(self._column + index, cell) for index in range(repeats)]
        self._column += repeats

    def _note_merge(self) -> None:
        rows = _repeats(self._attrs, "number-rows-spanned")
        columns = _repeats(self._attrs, "number-columns-spanned")
        if rows > 1 or columns > 1:
            region = Region(self._row, self._column, self._row + rows - 1, self._column + columns - 1)
            self._merged.append(region)

    def _count_cells(self, count: int) -> None:
        self._count += count
        if self._count > guard.MAX_CELLS:
            raise problems.SheetTooLarge

    def _end_row(self) -> None:
        if self._row_cells or self._row_hidden:
            for row in range(self._row, self._row + min(self._row_repeats, guard.MAX_CELLS)):
                self._cells.update({(row, column): cell for column, cell in self._row_cells})
                if self._row_hidden:
                    self._hidden_rows.add(row)
        self._row += self._row_repeats

    def _end_table(self) -> None:
        if len(self.sheets) >= guard.MAX_SHEETS:
            raise problems.SheetTooLarge
        hidden_rows, hidden_columns = frozenset(self._hidden_rows), frozenset(self._hidden_columns)
        self.sheets.append(
            Sheet(self._name, self._cells, tuple(self._merged), hidden_rows, hidden_columns, self._hidden)
        )


def _repeats(named: dict[str, str], key: str) -> int:
    text = named.get(key, "1")
    return max(1, int(text)) if text.isdigit() and len(text) < 9 else 1


def _cell(named: dict[str, str], shown: str) -> Cell:
    kind = named.get("value-type", "")
    if kind not in ("float", "currency"):
        return text_cell(shown or named.get("string-value", ""))
    try:
        number = Decimal(repr(float(named.get("value", ""))))
    except (ValueError, InvalidOperation):
        return text_cell(shown)
    currency = named.get("currency", "") or currency_in(shown)
    return Cell(number_text(number), number, currency, "" if currency else unit_in(shown))


def read(archive: zipfile.ZipFile) -> list[Sheet]:
    """All sheets of the document."""
    target = ContentTarget()
    stream(archive, "content.xml", target, Deadline())
    return target.sheets
