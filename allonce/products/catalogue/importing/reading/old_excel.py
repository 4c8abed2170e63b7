"""XLS: read by a child process that may use little memory and time, since an old file can claim huge empty sheets."""

import json
import subprocess
import sys
from decimal import Decimal
from typing import Any

from allonce.products.catalogue.importing import problems
from allonce.products.catalogue.importing.reading import guard
from allonce.products.catalogue.importing.sheet import Cell, Place, Region, Sheet, number_text, text_cell

SECONDS = 20
_CHILD = "allonce.products.catalogue.importing.reading.old_excel_child"


def read(data: bytes) -> list[Sheet]:
    """All sheets. The old format tells us no currencies; the child's limits turn into named problems."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", _CHILD, str(guard.MAX_CELLS)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise problems.SheetTooSlow from error
    if done.returncode == 3:
        raise problems.SheetTooLarge
    if done.returncode != 0:
        raise problems.UnreadableSheet
    return [_sheet(found) for found in json.loads(done.stdout)]


def _sheet(found: dict[str, Any]) -> Sheet:
    cells: dict[Place, Cell] = {}
    for row, column, value in found["cells"]:
        cells[(row, column)] = _cell(value)
    regions = tuple(Region(*edges) for edges in found["merged"])
    kept = {place: cell for place, cell in cells.items() if cell.text}
    return Sheet(found["name"], kept, regions, hidden=found["hidden"])


def _cell(value: str | float) -> Cell:
    if isinstance(value, str):
        return text_cell(value)
    number = Decimal(repr(float(value)))
    return Cell(number_text(number), number)
