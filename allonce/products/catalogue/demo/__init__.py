"""Harbour Blinds' price list: what a shop on the coast sells, published as version 1."""

from typing import Any

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Account, Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import Actor
from allonce.pricing.chunks import split
from allonce.products.catalogue import paths
from allonce.products.catalogue.demo import curtain, flooring, roller, roman, shutter, venetian, vertical
from allonce.products.catalogue.demo.swatches import swatch
from allonce.products.catalogue.models import Version
from allonce.products.catalogue.services.editing import Edit, draft_of, editing
from allonce.products.catalogue.services.publish import publish

SHOP_EMAIL = "hello@harbourblinds.example"
SETTINGS = {
    "prices_include_tax": True,
    "tax_rounding": {"level": "rate", "mode": "half_up"},
    "validity_days": 30,
    "deposit": {"kind": "percent", "bp": 5000},
    "max_discount_bp": 1500,
    "minimum_order": {"amount": 9500, "action": "warn", "tax": "standard"},
    "units": "mm",
}
TAXES = {
    "standard": [
        {"from": "2008-12-01", "bp": 1500},
        {"from": "2010-01-01", "bp": 1750},
        {"from": "2011-01-04", "bp": 2000},
    ],
    "reduced": [{"from": "1997-09-01", "bp": 500}],
    "zero": [{"from": "1973-04-01", "bp": 0}],
}
PRODUCTS = (roller, vertical, venetian, roman, curtain, shutter, flooring)


def load() -> None:
    """Gives the demo shop its Catalogue, unless it has published one."""
    shop = Account.objects.with_email(SHOP_EMAIL)
    if shop is None or Version.objects.filter(catalogue__account=shop).exists():
        return
    access = _owner_access(shop)
    with editing(access, "draft_imported") as edit:
        write_catalogue(edit)
    publish(access, draft_of(access).catalogue.revision)


def write_catalogue(edit: Edit) -> None:
    """Writes the whole demonstration Catalogue into a draft."""
    catalogue: dict[str, Any] = {
        "format": 1,
        "currency": "GBP",
        "settings": SETTINGS,
        "tax_rates": TAXES,
        "products": {},
        "tables": {},
    }
    for place, maker in enumerate(PRODUCTS):
        product, tables, pictures = maker.make()
        catalogue["products"][product["id"]] = product | {"order": place}
        catalogue["tables"].update({table["id"]: table | {"product": product["id"]} for table in tables})
        for picture_id, (colour, weave) in pictures.items():
            edit.write_bytes(paths.picture(picture_id), swatch(colour, weave))
    for path, value in split(catalogue).items():  # type: ignore[arg-type]  # built right here, in its shape
        edit.write(path, value)


def _owner_access(shop: Account) -> AccountAccess:
    membership = Membership.objects.select_related("person").get(account=shop, role=Role.OWNER)
    actor = Actor(kind="person", id=membership.person_id)
    return AccountAccess(shop, membership.person, Role.OWNER, actor)
