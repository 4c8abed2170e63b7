"""Files as spreadsheet programs, and people with bad intentions, make them."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import xlwt
from odf import table as odf_table
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P
from openpyxl import Workbook

ROWS: list[list[Any]] = [
    ["PRICE BAND A"],
    ["Drop / Width (mm)", 600, 800, 1000],
    [1000, 20, 21.5, 23],
    [1200, 22, 23.5, "POA"],
]


def xlsx(rows: list[list[Any]] = ROWS, change: Callable[[Any], None] | None = None, name: str = "Prices") -> bytes:
    """A workbook of one sheet; `change` may do more to it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def old_workbook(rows: list[list[Any]] = ROWS) -> bytes:
    """An XLS file, as Excel 97 to 2003 wrote them, with its first row merged."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Prices")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if number or not column:
                sheet.write(number, column, value)
    sheet.merge(0, 0, 0, len(rows[-1]) - 1)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(rows: list[list[Any]] = ROWS, currency: str = "") -> bytes:
    """An OpenDocument file of one sheet; figures other than whole ones carry the currency."""
    document = OpenDocumentSpreadsheet()
    made = odf_table.Table(name="Prices")
    for row in rows:
        line = odf_table.TableRow()
        for value in row:
            line.addElement(_ods_cell(value, currency))
        made.addElement(line)
    document.spreadsheet.addElement(made)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def _ods_cell(value: Any, currency: str) -> Any:
    if isinstance(value, str):
        cell = odf_table.TableCell(valuetype="string")
    elif currency and value < 500:
        cell = odf_table.TableCell(valuetype="currency", value=str(value), currency=currency)
    else:
        cell = odf_table.TableCell(valuetype="float", value=str(value))
    cell.addElement(P(text=str(value)))
    return cell


def changed_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed, or added where it did not exist."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
        after.writestr(part, change(before.read(part) if part in before.namelist() else b""))
    return stream.getvalue()


def big_table(size: int) -> list[list[Any]]:
    """A table of `size` by `size`."""
    head = ["Drop / Width (mm)", *(500 + 10 * column for column in range(size))]
    rows = [
        [500 + 10 * row, *(Decimal(2000 + row * 7 + column * 9) / 100 for column in range(size))] for row in range(size)
    ]
    return [head, *rows]


def big_ranges(count: int) -> list[list[Any]]:
    """A range table of `count` rows."""
    head = ["Range", "Colour", "Band", "Max Width", "Min Width", "Max Drop"]
    return [head, *([f"Range {row // 20}", f"Colour {row}", "ABCDE"[row % 5], 2400, 300, 3000] for row in range(count))]
