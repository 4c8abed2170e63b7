"""The child process of `old_excel`: XLS on standard input, JSON on standard output, under its own limits."""

import io
import json
import sys
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 15


class _TooManyCells(Exception):
    pass


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on this system: the parent's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))


def _plain(value: Any) -> str | float:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return float(value) if isinstance(value, int | float) else str(value)


def _read(data: bytes, most: int) -> list[dict[str, Any]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    visible = {found.name: found.visible == SheetVisibleEnum.Visible for found in workbook.sheets_metadata}
    return [_sheet(workbook, name, visible.get(name, True), most) for name in workbook.sheet_names]


def _sheet(workbook: CalamineWorkbook, name: str, visible: bool, most: int) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_name(name)
    cells = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        cells += [(row, column, _plain(value)) for column, value in enumerate(values) if value != ""]
        if len(cells) > most:
            raise _TooManyCells
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    return {"name": name, "cells": cells, "merged": merged, "hidden": not visible}


def main() -> int:
    _limit()
    try:
        found = _read(sys.stdin.buffer.read(), int(sys.argv[1]))
    except (_TooManyCells, MemoryError):
        return 3
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
