"""What a sheet's VAT means for the product: figures without VAT must not be sold as if they held it."""

from typing import Any

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import products
from allonce.products.catalogue.importing.reading_of import Reading
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import editing
from allonce.products.catalogue.services.products import need_product

AT_LIST_PRICES = {"basis": "cost", "supplier_discount_bp": 0, "markup": {"kind": "none", "bp": 0}, "extras": "sell"}


def holds_tax(product: dict[str, Any], settings: dict[str, Any]) -> bool:
    """Whether this product's tables are read as prices with tax (docs/catalogue-format.md, Cost)."""
    if not settings.get("prices_include_tax"):
        return False
    cost = product.get("cost", {})
    return cost.get("basis", "sell") == "sell" or bool(cost.get("includes_tax"))


def is_fresh(product: dict[str, Any]) -> bool:
    """Whether nothing was said of this product's prices yet, so that the sheet may say it."""
    return not product["bands"] and "cost" not in product


def clashes(product: dict[str, Any], settings: dict[str, Any], reading: Reading) -> bool:
    """Whether the sheet and the product disagree on tax, and a person has to settle it in Basics."""
    included = _said_included(reading)
    if included is None or included == holds_tax(product, settings):
        return False
    return included or not is_fresh(product)


def take_tax(access: AccountAccess, product: dict[str, Any], reading: Reading) -> UndoStep | None:
    """A fresh product whose sheet is without tax is priced from list prices, to which tax is then added."""
    if _said_included(reading) is not False or not is_fresh(product):
        return None
    with editing(access, "product_changed", about=paths.product(product["id"]), undoable=True) as edit:
        if holds_tax(product, products.read_settings(edit)["settings"]):
            products.write_product(edit, need_product(edit, product["id"]) | {"cost": AT_LIST_PRICES})
    return edit.undo


def _said_included(reading: Reading) -> bool | None:
    chosen = {question.key: question.chosen for question in reading.proposal.questions}.get("tax")
    return None if chosen is None else chosen == "included"
