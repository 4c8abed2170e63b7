"""Price tables in the draft: a head and blocks of rows, so that one changed price touches one small block."""

from typing import Any

from allonce.pricing.engine.assemble import rows_in_block
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft.store import Draft

Head = dict[str, Any]
Cell = int | None
Rows = list[list[Cell]]

GRID_KINDS = frozenset({"grid", "width", "widths_drop"})


def rows_per_block(head: Head) -> int:
    """How many rows share a block."""
    return int(rows_in_block(len(head["widths"])))


def read_rows(draft: Draft, head: Head) -> Rows:
    """All rows of a grid; a row kept as null comes back as cells of None."""
    width = len(head["widths"])
    rows: Rows = []
    for block in draft.read_under(paths.table_blocks(head["id"])).values():
        rows.extend(row if row is not None else [None] * width for row in block)
    return rows


def read_table(draft: Draft, table_id: str) -> dict[str, Any] | None:
    """The whole table as the pricing engine takes it."""
    head: Head | None = draft.read(paths.table(table_id))
    if head is None or head["kind"] not in GRID_KINDS:
        return head
    return head | {"rows": read_rows(draft, head)}


def write_table(draft: Draft, table: dict[str, Any]) -> None:
    """Writes head and blocks; blocks beyond the new last row go."""
    head = {key: value for key, value in table.items() if key != "rows"}
    draft.write(paths.table(head["id"]), head)
    draft.remove_under(paths.table_blocks(head["id"]))
    if head["kind"] in GRID_KINDS:
        write_rows(draft, head, table["rows"])


def write_rows(draft: Draft, head: Head, rows: Rows) -> None:
    size = rows_per_block(head)
    for number, start in enumerate(range(0, len(rows), size)):
        block = [_short(row) for row in rows[start : start + size]]
        draft.write(paths.table_block(head["id"], number), block)


def write_cell(draft: Draft, head: Head, row: int, column: int, price: Cell) -> None:
    """Changes one cell by touching its block alone."""
    size = rows_per_block(head)
    path = paths.table_block(head["id"], row // size)
    block = draft.read(path) or []
    cells = block[row % size] or [None] * len(head["widths"])
    cells[column] = price
    block[row % size] = _short(cells)
    draft.write(path, block)


def remove_table(draft: Draft, table_id: str) -> None:
    draft.remove_under(paths.table_blocks(table_id))
    draft.remove(paths.table(table_id))


def heads(draft: Draft) -> dict[str, Head]:
    """All table heads by id, without their rows."""
    found = draft.read_heads("table/")
    return {head["id"]: head for head in found.values()}


def heads_of(draft: Draft, product_id: str) -> list[Head]:
    return [head for head in heads(draft).values() if head.get("product") == product_id]


def _short(row: list[Cell] | None) -> list[Cell] | None:
    return None if row is None or all(cell is None for cell in row) else row
