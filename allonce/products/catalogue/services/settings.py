"""What holds for all products: currency, taxes with their dates, deposit, validity, discounts, minimum
order."""

import re
from typing import Any

from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import products
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import Gone, Unusable, editing

TAX_KEY = re.compile(r"^[a-z][a-z0-9_]{0,30}$")


def save_settings(access: AccountAccess, currency: str, values: dict[str, Any]) -> None:
    """Replaces the settings (docs/catalogue-format.md, SETTINGS); values of None are left to their
    defaults."""
    with editing(access, "settings_saved", about=paths.SETTINGS) as edit:
        kept = {key: value for key, value in values.items() if value is not None}
        edit.write(paths.SETTINGS, {"format": 1, "currency": currency, "settings": kept})


def add_tax_rate(access: AccountAccess, key: str, since: str, bp: int) -> None:
    """A rate of `bp` from the date `since` (YYYY-MM-DD) on; the same date again replaces it."""
    if not TAX_KEY.match(key):
        raise Unusable(fields={"key": _("Use small letters and digits, such as “standard”.")})
    if not 0 <= bp <= 10_000:
        raise Unusable(fields={"percent": _("A rate is between 0 and 100 %.")})
    with editing(access, "tax_saved", about=paths.TAXES) as edit:
        taxes = dict(products.read_taxes(edit))
        others = [rate for rate in taxes.get(key, []) if rate["from"] != since]
        taxes[key] = sorted([*others, {"from": since, "bp": bp}], key=lambda rate: str(rate["from"]))
        edit.write(paths.TAXES, taxes)


def delete_tax_rate(access: AccountAccess, key: str, since: str) -> UndoStep | None:
    """Takes away one dated rate; refuses the last rate of a tax that a product or a charge still has."""
    with editing(access, "tax_deleted", about=paths.TAXES, undoable=True) as edit:
        taxes = dict(products.read_taxes(edit))
        if since not in [rate["from"] for rate in taxes.get(key, [])]:
            raise Gone()
        taxes[key] = [rate for rate in taxes[key] if rate["from"] != since]
        if not taxes[key]:
            _refuse_if_used(products.list_products(edit), key)
            del taxes[key]
        edit.write(paths.TAXES, taxes)
    return edit.undo


def _refuse_if_used(listed: list[products.Product], key: str) -> None:
    users = [product["name"] for product in listed if product["tax"] == key]
    if users or key == "standard":
        said = {"products": ", ".join(users) or _("fitting and minimum order")}
        raise Unusable(_("This rate is the last one of its tax, which %(products)s need.") % said)
