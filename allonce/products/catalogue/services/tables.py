"""Price tables and the bands that point to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import products, tables
from allonce.products.catalogue.draft.tables import Cell
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import Edit, Gone, Unusable, editing
from allonce.products.catalogue.services.products import copy_table, need_product

LONGEST_AXIS = 200
LARGEST_PRICE = 1_000_000_000


@dataclass(frozen=True)
class TableContent:
    """A price table without its identity.

    Grids have ascending `widths` and `drops` (mm; numbers of widths for `widths_drop`; `drops=(0,)` for
    `width`) and `rows` of minor units with None for prices on application. Other kinds keep their figures
    in `figures`, as docs/catalogue-format.md names them.
    """

    kind: str
    name: str = ""
    widths: Sequence[int] = ()
    drops: Sequence[int] = ()
    rows: Sequence[Sequence[Cell]] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)

    def as_table(self, table_id: str, product_id: str) -> dict[str, Any]:
        """The table as the format spells it, with the product that owns it."""
        head = {"id": table_id, "kind": self.kind, "name": self.name, "product": product_id}
        if self.kind not in tables.GRID_KINDS:
            return head | dict(self.figures)
        rows = [list(row) for row in self.rows]
        return head | {"widths": list(self.widths), "drops": list(self.drops), "rows": rows}


def need_head(edit: Any, table_id: str) -> tables.Head:
    """The table's head. Raises Gone."""
    head: tables.Head | None = edit.read(paths.table(table_id))
    if head is None:
        raise Gone()
    return head


def replace_table(access: AccountAccess, table_id: str, content: TableContent) -> UndoStep | None:
    """Replaces all of a table; an empty name keeps the old one. Raises Gone and Unusable."""
    with editing(access, "table_replaced", about=paths.table(table_id), undoable=True) as edit:
        head = need_head(edit, table_id)
        table = content.as_table(table_id, head["product"])
        _write_checked(edit, table | {"name": content.name or head.get("name", "")})
    return edit.undo


def replace_tables(
    access: AccountAccess, product_id: str, by_band: Mapping[str, TableContent], method: str = ""
) -> UndoStep | None:
    """Replaces the tables of the bands named, making bands that do not exist yet; other bands stay as they
    are. `method`: how the product is priced from now on, empty for as before.

    All or nothing, with one way back. Raises Gone and Unusable.
    """
    with editing(access, "tables_replaced", about=paths.product(product_id), undoable=True) as edit:
        product = need_product(edit, product_id)
        bands = {band["name"]: band for band in product["bands"]}
        for name, content in by_band.items():
            band = bands.setdefault(name, {"id": paths.new_id("b"), "name": name, "table": paths.new_id("t")})
            table = content.as_table(band["table"], product_id)
            _write_checked(edit, table | {"name": content.name or _band_table_name(name)})
        products.write_product(edit, product | {"bands": list(bands.values()), "method": method or product["method"]})
    return edit.undo


def create_table(access: AccountAccess, product_id: str, content: TableContent) -> str:
    """A table for extras, or for a band to come. Returns its id."""
    with editing(access, "table_created", about=paths.product(product_id)) as edit:
        need_product(edit, product_id)
        table_id = paths.new_id("t")
        _write_checked(edit, content.as_table(table_id, product_id))
        return table_id


def add_band(access: AccountAccess, product_id: str, name: str) -> str:
    """A band with an empty table of the product's kind. Returns the table's id."""
    with editing(access, "band_added", about=paths.product(product_id)) as edit:
        product = need_product(edit, product_id)
        if any(band["name"].casefold() == name.casefold() for band in product["bands"]):
            raise Unusable(fields={"name": _("There is a band of this name. Choose another.")})
        table_id = paths.new_id("t")
        table = empty_content(product["method"], _band_table_name(name)).as_table(table_id, product_id)
        tables.write_table(edit, table)
        band = {"id": paths.new_id("b"), "name": name, "table": table_id}
        products.write_product(edit, product | {"bands": [*product["bands"], band]})
        return table_id


def change_band(access: AccountAccess, product_id: str, band_id: str, name: str, table_id: str) -> None:
    """Renames a band or points it to another table."""
    with editing(access, "band_changed", about=paths.product(product_id)) as edit:
        product = need_product(edit, product_id)
        need_head(edit, table_id)
        bands = [
            band | {"name": name, "table": table_id} if band["id"] == band_id else band for band in product["bands"]
        ]
        products.write_product(edit, product | {"bands": bands})


def delete_band(access: AccountAccess, product_id: str, band_id: str) -> UndoStep | None:
    """Takes the band away, and its table where no other band or extra uses it."""
    with editing(access, "band_deleted", about=paths.product(product_id), undoable=True) as edit:
        product = need_product(edit, product_id)
        going = [band for band in product["bands"] if band["id"] == band_id]
        left = product | {"bands": [band for band in product["bands"] if band["id"] != band_id]}
        products.write_product(edit, left)
        for band in going:
            if band["table"] not in products.tables_used(left):
                tables.remove_table(edit, band["table"])
    return edit.undo


def duplicate_table(access: AccountAccess, table_id: str, name: str) -> str:
    """The same prices under another name. Returns the copy's id."""
    with editing(access, "table_copied", about=paths.table(table_id)) as edit:
        head = need_head(edit, table_id)
        return copy_table(edit, table_id, head["product"], name)


def delete_table(access: AccountAccess, table_id: str) -> UndoStep | None:
    """Deletes a table that nothing points to. Raises Unusable where a band or an extra still does."""
    with editing(access, "table_deleted", about=paths.table(table_id), undoable=True) as edit:
        head = need_head(edit, table_id)
        product = products.read_product(edit, head["product"])
        if product and table_id in products.tables_used(product):
            raise Unusable(_("A band or an extra uses this table. Point it to another table first."))
        tables.remove_table(edit, table_id)
    return edit.undo


def empty_content(method: str, name: str) -> TableContent:
    """What a new table of this method starts from."""
    if method == "width":
        return TableContent("width", name, [600, 1200, 1800], [0], [[None] * 3])
    if method == "widths_drop":
        return TableContent("widths_drop", name, [1, 2, 3, 4], [1000, 1500, 2000], [[None] * 4] * 3)
    figures: dict[str, dict[str, Any]] = {
        "area": {"per_m2": 0},
        "metre": {"per_m": 0, "along": "width"},
        "piece": {"each": 0},
    }
    if method in figures:
        return TableContent(method, name, figures=figures[method])
    return TableContent("grid", name, [600, 1200, 1800], [600, 1200, 1800], [[None] * 3] * 3)


def check_grid(widths: Sequence[int], drops: Sequence[int], rows: Sequence[Sequence[Cell]]) -> None:
    """Raises Unusable where the grid does not fit its axes, or an axis is not ascending."""
    for values, axis in ((widths, _("widths")), (drops, _("drops"))):
        if not 1 <= len(values) <= LONGEST_AXIS:
            said = {"axis": axis, "most": LONGEST_AXIS}
            raise Unusable(_("A table has 1 to %(most)s %(axis)s.") % said)
        if any(later <= earlier for earlier, later in pairwise(values)):
            raise Unusable(_("Put the %(axis)s in order, smallest first and none twice.") % {"axis": axis})
    if len(rows) != len(drops) or any(len(row) != len(widths) for row in rows):
        raise Unusable(_("The number of prices does not match the widths and drops."))
    if any(cell is not None and not 0 <= cell <= LARGEST_PRICE for row in rows for cell in row):
        raise Unusable(_("A price is 0 or more. Leave a cell empty where there is no price."))


def _write_checked(edit: Edit, table: dict[str, Any]) -> None:
    if table["kind"] in tables.GRID_KINDS:
        check_grid(table["widths"], table["drops"], table["rows"])
    tables.write_table(edit, table)


def _band_table_name(band: str) -> str:
    return _("Band %(band)s") % {"band": band}
