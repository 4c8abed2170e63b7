"""Changing prices inside a table: one cell, a pasted block, all by a percentage, the axes, the single
figures."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import tables
from allonce.products.catalogue.draft.tables import Cell
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import Edit, Gone, Unusable, editing
from allonce.products.catalogue.services.tables import LARGEST_PRICE, check_grid, need_head

FIGURES = ("per_m2", "per_m", "each", "minimum_price")


def set_cells(
    access: AccountAccess, table_id: str, row: int, column: int, prices: Sequence[Sequence[Cell]]
) -> UndoStep | None:
    """Writes a block of prices (minor units, None = on application) with its top left at `row` and `column`.

    Of a larger block, what would fall outside the table is left out.
    """
    with editing(access, "cells_changed", about=paths.table(table_id), undoable=True) as edit:
        head = _need_grid(edit, table_id)
        if len(prices) == 1 and len(prices[0]) == 1:
            _set_cell(edit, head, row, column, prices[0][0])
        else:
            rows = tables.read_rows(edit, head)
            _overlay(rows, row, column, prices)
            tables.write_rows(edit, head, rows)
    return edit.undo


def uplift(access: AccountAccess, table_ids: Sequence[str], bp: int, nearest: int = 1) -> UndoStep | None:
    """Raises (or lowers) every price of these tables by `bp`, then rounds half up to multiples of
    `nearest`."""
    if not -9_000 <= bp <= 100_000:
        raise Unusable(fields={"percent": _("Choose a change between -90 % and 1,000 %.")})
    with editing(access, "tables_uplifted", about=paths.table(table_ids[0]), undoable=True) as edit:
        for table_id in table_ids:
            _uplift_table(edit, table_id, bp, nearest)
    return edit.undo


def set_axes(access: AccountAccess, table_id: str, widths: Sequence[int], drops: Sequence[int]) -> UndoStep | None:
    """Gives the table these widths and drops; prices stay with the sizes they belong to, new sizes start
    empty."""
    with editing(access, "axes_changed", about=paths.table(table_id), undoable=True) as edit:
        head = _need_grid(edit, table_id)
        price_at = _prices_by_size(head, tables.read_rows(edit, head))
        rows: list[list[Cell]] = [[price_at.get((drop, width)) for width in widths] for drop in drops]
        check_grid(widths, drops, rows)
        tables.write_table(edit, head | {"widths": list(widths), "drops": list(drops), "rows": rows})
    return edit.undo


def set_figures(access: AccountAccess, table_id: str, figures: dict[str, Any]) -> None:
    """Sets the figures of a table that is no grid (per m2, per metre, each); None takes one away."""
    with editing(access, "figures_changed", about=paths.table(table_id)) as edit:
        head = need_head(edit, table_id) | figures
        edit.write(paths.table(table_id), {key: value for key, value in head.items() if value is not None})


def rename_table(access: AccountAccess, table_id: str, name: str) -> None:
    with editing(access, "table_renamed", about=paths.table(table_id)) as edit:
        edit.write(paths.table(table_id), need_head(edit, table_id) | {"name": name})


def raised(price: Cell, bp: int, nearest: int) -> Cell:
    """One price raised by `bp` and rounded half up to a multiple of `nearest` minor units."""
    if price is None:
        return None
    exact = price * (10_000 + bp)
    step = nearest * 10_000
    return (2 * exact + step) // (2 * step) * nearest


def _need_grid(edit: Edit, table_id: str) -> tables.Head:
    head = need_head(edit, table_id)
    if head["kind"] not in tables.GRID_KINDS:
        raise Gone()
    return head


def _set_cell(edit: Edit, head: tables.Head, row: int, column: int, price: Cell) -> None:
    if not (0 <= row < len(head["drops"]) and 0 <= column < len(head["widths"])):
        raise Gone()
    tables.write_cell(edit, head, row, column, _checked(price))


def _overlay(rows: tables.Rows, row: int, column: int, prices: Sequence[Sequence[Cell]]) -> None:
    for kept, pasted in zip(rows[row:], prices, strict=False):
        room = len(kept) - column
        kept[column : column + len(pasted)] = [_checked(price) for price in pasted[:room]]


def _checked(price: Cell) -> Cell:
    if price is not None and not 0 <= price <= LARGEST_PRICE:
        raise Unusable(_("A price is 0 or more. Leave a cell empty where there is no price."))
    return price


def _uplift_table(edit: Edit, table_id: str, bp: int, nearest: int) -> None:
    head = need_head(edit, table_id)
    if head["kind"] in tables.GRID_KINDS:
        rows = [[raised(cell, bp, nearest) for cell in row] for row in tables.read_rows(edit, head)]
        tables.write_rows(edit, head, rows)
        return
    changed = {key: raised(head[key], bp, nearest) for key in FIGURES if head.get(key)}
    edit.write(paths.table(table_id), head | changed)


def _prices_by_size(head: tables.Head, rows: tables.Rows) -> dict[tuple[int, int], Cell]:
    return {
        (drop, width): cell
        for drop, row in zip(head["drops"], rows, strict=True)
        for width, cell in zip(head["widths"], row, strict=True)
    }
