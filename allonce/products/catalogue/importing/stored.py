"""Sheets as a draft import keeps them: only what was read from the cells, packed small."""

import json
import zlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from allonce.products.catalogue.importing.sheet import Cell, Place, Region, Sheet


def pack(sheets: Iterable[Sheet]) -> bytes:
    """Sheets into bytes for one column of one row."""
    return zlib.compress(json.dumps([_plain(sheet) for sheet in sheets], separators=(",", ":")).encode())


def unpack(packed: bytes) -> list[Sheet]:
    """The sheets that `pack` was given."""
    return [_sheet(plain) for plain in json.loads(zlib.decompress(packed))]


def _plain(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": sorted(sheet.hidden_rows),
        "columns": sorted(sheet.hidden_columns),
        "merged": [[region.top, region.left, region.bottom, region.right] for region in sheet.merged],
        "cells": [[*place, *_plain_cell(cell)] for place, cell in sheet.cells.items()],
    }


def _plain_cell(cell: Cell) -> list[Any]:
    """Trailing fields that say nothing are left away."""
    fields: list[Any] = [cell.text, int(cell.number is not None), cell.currency, cell.unit, int(cell.bold)]
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    return fields


def _sheet(plain: dict[str, Any]) -> Sheet:
    cells: dict[Place, Cell] = {(row, column): _cell(*fields) for row, column, *fields in plain["cells"]}
    merged = tuple(Region(*edges) for edges in plain["merged"])
    rows, columns = frozenset(plain["rows"]), frozenset(plain["columns"])
    return Sheet(plain["name"], cells, merged, rows, columns, plain["hidden"])


def _cell(text: str, numeric: int = 0, currency: str = "", unit: str = "", bold: int = 0) -> Cell:
    return Cell(text, Decimal(text) if numeric else None, currency, unit, bool(bold))
