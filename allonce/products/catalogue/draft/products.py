"""Products in the draft, and what the pricing engine needs of them."""

from copy import deepcopy
from typing import Any

from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import ranges, tables
from allonce.products.catalogue.draft.store import Draft

Product = dict[str, Any]

DEFAULT_SETTINGS: dict[str, Any] = {
    "format": 1,
    "currency": "GBP",
    "settings": {
        "prices_include_tax": True,
        "validity_days": 30,
        "deposit": {"kind": "percent", "bp": 5000},
        "max_discount_bp": 1500,
    },
}
DEFAULT_TAXES: dict[str, Any] = {
    "standard": [{"from": "2011-01-04", "bp": 2000}],
    "zero": [{"from": "1973-04-01", "bp": 0}],
}


def read_product(draft: Draft, product_id: str) -> Product | None:
    """The product without its ranges."""
    return draft.read(paths.product(product_id))


def write_product(draft: Draft, product: Product) -> None:
    draft.write(paths.product(product["id"]), product)


def list_products(draft: Draft) -> list[Product]:
    """All products in the order of the price list."""
    found = draft.read_under(paths.PRODUCTS).values()
    return sorted(found, key=lambda product: (product.get("order", 0), product["name"]))


def remove_product(draft: Draft, product_id: str) -> None:
    """Removes the product with its ranges and tables."""
    draft.remove_under(paths.ranges(product_id))
    for head in tables.heads_of(draft, product_id):
        tables.remove_table(draft, head["id"])
    draft.remove(paths.product(product_id))


def read_settings(draft: Draft) -> dict[str, Any]:
    """Currency and settings; a copy of the usual ones before any were saved, so that no account writes into them."""
    return draft.read(paths.SETTINGS) or deepcopy(DEFAULT_SETTINGS)


def read_taxes(draft: Draft) -> dict[str, Any]:
    """Rates by tax, as `read_settings` gives settings."""
    return draft.read(paths.TAXES) or deepcopy(DEFAULT_TAXES)


def tables_used(product: Product) -> list[str]:
    """Ids of the tables that bands and extras point to, each once."""
    used = [band["table"] for band in product["bands"] if band.get("table")]
    for group in product["extras"]:
        used += [extra["pricing"]["table"] for extra in group["extras"] if extra["pricing"].get("table")]
    return list(dict.fromkeys(used))


def assemble(draft: Draft, product_ids: list[str] | None = None) -> dict[str, Any]:
    """The draft as the engine takes it: the products named, or all of them, with their tables and ranges."""
    products = [product for product in list_products(draft) if product_ids is None or product["id"] in product_ids]
    used = dict.fromkeys(table_id for product in products for table_id in tables_used(product))
    found = {table_id: tables.read_table(draft, table_id) for table_id in used}
    return {
        **read_settings(draft),
        "tax_rates": read_taxes(draft),
        "products": {
            product["id"]: product | {"ranges": ranges.nested(ranges.read_ranges(draft, product["id"]))}
            for product in products
        },
        "tables": {table_id: table for table_id, table in found.items() if table},
    }
