"""CSV files and pasted cells: encodings, byte order marks, separators, quotes."""

import csv
import io

from allonce.products.catalogue.importing import problems
from allonce.products.catalogue.importing.reading import guard
from allonce.products.catalogue.importing.sheet import Cell, Place, Sheet, text_cell

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE_LINES = 300


def read(data: bytes, name: str) -> list[Sheet]:
    """A delimited file as one sheet."""
    return [read_text(decode(data), name)]


def decode(data: bytes) -> str:
    """By byte order mark, else UTF-8, else the Western code page in which older programs write pound signs."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_text(text: str, name: str) -> Sheet:
    """Delimited or pasted text as one sheet."""
    guard.check_size(len(text))
    text, separator = _separator(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))
    cells = _cells(text, separator)
    if not cells:
        raise problems.EmptySheet
    return Sheet(name, cells)


def _separator(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return rest, first[4]
    lines = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    for candidate in "\t;|":
        # These hardly ever stand inside a cell, while a comma is also a decimal sign.
        if sum(candidate in line for line in lines) * 2 >= max(1, len(lines)):
            return text, candidate
    return text, ","


def _cells(text: str, separator: str) -> dict[Place, Cell]:
    try:
        return _parse(text, separator, csv.QUOTE_MINIMAL)
    except csv.Error:
        # An inch sign that opens a cell looks like a quote that never closes.
        return _parse(text, separator, csv.QUOTE_NONE)


def _parse(text: str, separator: str, quoting: int) -> dict[Place, Cell]:
    cells: dict[Place, Cell] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    for row, values in enumerate(reader):
        for column, value in enumerate(values):
            if value and (cell := text_cell(value)).text:
                cells[(row, column)] = cell
        if len(cells) > guard.MAX_CELLS:
            raise problems.SheetTooLarge
    return cells
