"""Products as wholes: make, change the basics, copy, put in order, delete."""

from typing import Any

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft, products, ranges, tables
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import Edit, Gone, editing

Product = products.Product

METHOD_OF_FAMILY = {
    "curtain": "widths_drop",
    "shutter": "area",
    "flooring": "area",
}


def need_product(draft: Draft, product_id: str) -> Product:
    """The product without its ranges. Raises Gone."""
    product = products.read_product(draft, product_id)
    if product is None:
        raise Gone()
    return product


def create_product(access: AccountAccess, name: str, family: str) -> str:
    """A new product at the end of the list, priced the way its family usually is. Returns its id."""
    with editing(access, "product_created") as edit:
        product_id = paths.new_id("p")
        product = {
            "id": product_id,
            "name": name,
            "family": family,
            "order": _next_order(edit),
            "tax": "standard",
            "method": METHOD_OF_FAMILY.get(family, "grid"),
            "bands": [],
            "extras": [],
            "rules": [],
        }
        products.write_product(edit, product)
        return product_id


def update_basics(access: AccountAccess, product_id: str, basics: dict[str, Any]) -> None:
    """Sets the given fields of the product; a value of None takes the field away, so that its default
    holds."""
    with editing(access, "product_changed", about=paths.product(product_id)) as edit:
        product = need_product(edit, product_id) | basics
        products.write_product(edit, {key: value for key, value in product.items() if value is not None})


def copy_product(access: AccountAccess, product_id: str, name: str) -> str:
    """The whole product again under a new name, with tables of its own. Returns the new id."""
    with editing(access, "product_copied", about=paths.product(product_id)) as edit:
        product = need_product(edit, product_id)
        copy_id = paths.new_id("p")
        renamed = {head["id"]: copy_table(edit, head["id"], copy_id) for head in tables.heads_of(edit, product_id)}
        copied = _with_tables(product, renamed) | {"id": copy_id, "name": name, "order": _next_order(edit)}
        products.write_product(edit, copied)
        ranges.write_ranges(edit, copy_id, ranges.read_ranges(edit, product_id))
        return copy_id


def copy_table(edit: Edit, table_id: str, product_id: str, name: str | None = None) -> str:
    """Copies a table into the product's keeping and returns the copy's id."""
    table = tables.read_table(edit, table_id)
    if table is None:
        raise Gone()
    copy_id = paths.new_id("t")
    kept_name = name or table.get("name", "")
    tables.write_table(edit, table | {"id": copy_id, "product": product_id, "name": kept_name})
    return copy_id


def delete_product(access: AccountAccess, product_id: str) -> UndoStep | None:
    """Takes the product with its ranges and tables out of the draft; published versions keep it."""
    with editing(access, "product_deleted", about=paths.product(product_id), undoable=True) as edit:
        need_product(edit, product_id)
        products.remove_product(edit, product_id)
    return edit.undo


def move_product(access: AccountAccess, product_id: str, steps: int) -> None:
    """Moves the product up (negative) or down the list."""
    with editing(access, "product_moved", about=paths.product(product_id)) as edit:
        listed = products.list_products(edit)
        at = next((place for place, product in enumerate(listed) if product["id"] == product_id), None)
        if at is None:
            raise Gone()
        listed.insert(max(0, at + steps), listed.pop(at))
        for place, product in enumerate(listed):
            products.write_product(edit, product | {"order": place})


def _next_order(edit: Edit) -> int:
    return max((product.get("order", 0) for product in products.list_products(edit)), default=-1) + 1


def _with_tables(product: Product, renamed: dict[str, str]) -> Product:
    bands = [band | {"table": renamed.get(band["table"], band["table"])} for band in product["bands"]]
    groups = [
        group | {"extras": [_extra_with_table(extra, renamed) for extra in group["extras"]]}
        for group in product["extras"]
    ]
    return product | {"bands": bands, "extras": groups}


def _extra_with_table(extra: dict[str, Any], renamed: dict[str, str]) -> dict[str, Any]:
    pricing = extra["pricing"]
    if pricing["method"] != "table":
        return extra
    return extra | {"pricing": pricing | {"table": renamed.get(pricing["table"], pricing["table"])}}
