"""The Catalogue as XLSX, in a layout that imports back identically."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from allonce.products.catalogue.importing.finding.bands import OWN_LABEL

FORMATS = {"GBP": '"£"#,##0.00', "EUR": "[$€-2]\\ #,##0.00", "USD": "[$$-409]#,##0.00"}
NOT_OFFERED = "POA"
HEADS = (
    "Range",
    "Colour",
    "Band",
    "Min Width (mm)",
    "Max Width (mm)",
    "Min Drop (mm)",
    "Max Drop (mm)",
    "Discontinued",
)
FIELDS = ("range", "colour", "band", "min_width", "max_width", "min_drop", "max_drop", "discontinued")
# One sheet for each way of pricing without a grid: its title, and (head, figure, whether money).
RATES = {
    "area": (
        "per m2",
        (
            ("Price per m2", "per_m2", True),
            ("Minimum price", "minimum_price", True),
            ("Min width (mm)", "min_width", False),
            ("Min drop (mm)", "min_drop", False),
        ),
    ),
    "metre": ("per metre", (("Price per metre", "per_m", True), ("Minimum price", "minimum_price", True))),
    "piece": ("each", (("Price each", "each", True),)),
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BOLD = Font(bold=True)


@dataclass(frozen=True)
class ExportedProduct:
    """A product's tables with their bands' names, and its ranges with bands by name."""

    name: str
    tables: Sequence[tuple[str, Mapping[str, Any]]]
    ranges: Sequence[Mapping[str, Any]]


def write_workbook(products: Sequence[ExportedProduct], currency: str) -> bytes:
    """One sheet for each product's tables, stacked, and one for its ranges."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for product in products:
        grids = [(name, table) for name, table in product.tables if "rows" in table]
        if grids:
            _write_tables(_new_sheet(book, product.name), product.name, grids, currency)
        for kind, (title, heads) in RATES.items():
            rated = [(name, table) for name, table in product.tables if table["kind"] == kind]
            if rated:
                _write_rates(_new_sheet(book, f"{product.name} {title}"), rated, heads, currency)
        if product.ranges:
            _write_ranges(_new_sheet(book, f"{product.name} ranges"), product.ranges)
    if not book.worksheets:
        _new_sheet(book, "Prices")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _new_sheet(book: Workbook, name: str) -> Worksheet:
    """A sheet's name holds 31 characters and must differ from the others', whatever their case."""
    wanted = (_FORBIDDEN.sub(" ", name).strip(" '") or "Prices")[:31]
    taken = {sheet.title.casefold() for sheet in book.worksheets}
    made, number = wanted, 2
    while made.casefold() in taken:
        made = f"{wanted[:27]} {number}"
        number += 1
    sheet: Worksheet = book.create_sheet()
    sheet.title = made
    return sheet


def _write_tables(
    sheet: Worksheet, product: str, grids: Sequence[tuple[str, Mapping[str, Any]]], currency: str
) -> None:
    put(sheet, 1, 1, product).font = _BOLD
    put(sheet, 2, 1, f"Prices in {currency}. Sizes in mm. {NOT_OFFERED}: not offered at this size.")
    row = 4
    for name, table in grids:
        row = _write_table(sheet, row, name, table, currency)
    sheet.column_dimensions["A"].width = 18


def _write_table(sheet: Worksheet, row: int, name: str, table: Mapping[str, Any], currency: str) -> int:
    """One table from `row`; gives the row for the next one."""
    put(sheet, row, 1, band_title(name)).font = _BOLD
    by_width = table["kind"] == "width"
    put(sheet, row + 1, 1, "Drop / Width (mm)").font = _BOLD
    for column, width in enumerate(table["widths"], 2):
        put(sheet, row + 1, column, width).font = _BOLD
    for line, drop in enumerate([0] if by_width else table["drops"], row + 2):
        put(sheet, line, 1, drop).font = _BOLD
    for line, prices in enumerate(table["rows"], row + 2):
        for column, price in enumerate(prices, 2):
            _put_price(sheet, line, column, price, currency)
    return row + len(table["rows"]) + 4


def _write_rates(
    sheet: Worksheet,
    rated: Sequence[tuple[str, Mapping[str, Any]]],
    heads: Sequence[tuple[str, str, bool]],
    currency: str,
) -> None:
    """One row to a band; columns that no band fills are left out, so that nobody wonders what they are for."""
    used = [head for head in heads if any(table.get(head[1]) is not None for _, table in rated)]
    for column, text in enumerate(["Band", *(head[0] for head in used)], 1):
        put(sheet, 1, column, text).font = _BOLD
        sheet.column_dimensions[get_column_letter(column)].width = 18
    for row, (name, table) in enumerate(rated, 2):
        put(sheet, row, 1, band_title(name))
        for column, (_, figure, money) in enumerate(used, 2):
            value = table.get(figure)
            if money and value is not None:
                _put_price(sheet, row, column, value, currency)
            elif value is not None:
                put(sheet, row, column, value)


def band_title(name: str) -> str:
    """`A` -> `Band name: A`, which reads back as exactly that name."""
    return f"{OWN_LABEL} {name}"


def _put_price(sheet: Worksheet, row: int, column: int, price: int | None, currency: str) -> None:
    if price is None:
        put(sheet, row, column, NOT_OFFERED).alignment = Alignment(horizontal="right")
        return
    put(sheet, row, column, Decimal(price) / 100).number_format = FORMATS.get(currency, f"[${currency}]\\ #,##0.00")


def _write_ranges(sheet: Worksheet, rows: Sequence[Mapping[str, Any]]) -> None:
    for column, head in enumerate(HEADS, 1):
        put(sheet, 1, column, head).font = _BOLD
    for line, row in enumerate(rows, 2):
        for column, field in enumerate(FIELDS, 1):
            value = row.get(field)
            put(sheet, line, column, ("yes" if value else "") if field == "discontinued" else value)
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFGH":
        sheet.column_dimensions[letter].width = 16


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Writes a value; a text is always a text, so that a name like `=1+1` is no formula to whoever opens the file."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = _CONTROL.sub(" ", value)
        cell.data_type = "s"
        if value.startswith(_FORMULA_STARTS):
            cell.quotePrefix = True
        return cell
    cell.value = value
    return cell
