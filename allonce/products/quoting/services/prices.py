"""Prices a posted job afresh, so that what is mailed is what the shop published."""

from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.devices.access import DeviceAccess
from allonce.kernel.errors import UserError
from allonce.pricing import price_quote
from allonce.pricing.types import Catalogue, Quote
from allonce.products.quoting.parcels import BadJob, Parcel
from allonce.seams.catalogue import UnknownCatalogue, published_catalogue

Totals = Mapping[str, Any]
# What the Customer was shown and the shop will charge; words and steps may differ between versions.
COMPARED = ("currency", "goods", "net", "tax", "total", "deposit", "balance", "minimum_charge", "fitting")
COMPARED_LINES = ("id", "goods", "discount", "quote_discount", "fitting", "net", "tax", "total")


class PricesDiffer(UserError):
    """The phone's prices are not those of the Catalogue version it names; the job is to be re-priced there."""

    code = "prices_differ"
    status = 409
    message = _("The prices of this job differ from the published price list. Open it and price it again.")


def priced_proposals(access: DeviceAccess, parcel: Parcel) -> dict[str, Totals]:
    """Each proposal's totals by its id. Raises PricesDiffer unless the chosen one's are what the phone said."""
    try:
        catalogue = published_catalogue(access.account.id, parcel.job["catalogue_version"])
    except UnknownCatalogue:
        raise PricesDiffer from None
    made = {proposal["id"]: _price(catalogue, access, parcel, proposal) for proposal in parcel.job["proposals"]}
    chosen = made[parcel.job["chosen"]]
    if not chosen["ok"] or _compared(chosen) != _compared(parcel.job["totals"]):
        raise PricesDiffer
    return made


def _price(catalogue: Totals, access: DeviceAccess, parcel: Parcel, proposal: Mapping[str, Any]) -> Totals:
    quote = {
        "items": proposal["items"],
        "date": parcel.job["date"],
        "discount": parcel.job.get("discount"),
        "deposit": parcel.job.get("deposit"),
        "max_discount_bp": access.user.max_discount_bp,
    }
    try:
        return price_quote(cast(Catalogue, catalogue), cast(Quote, quote))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        # The engine met something that no phone of ours writes.
        raise BadJob(fields={"proposals": "items"}) from None


def _compared(totals: Totals) -> dict[str, Any]:
    lines = [{name: line.get(name) for name in COMPARED_LINES} for line in totals.get("lines", [])]
    return {name: totals.get(name) for name in COMPARED} | {"lines": lines}
