"""Writes a lead as an ADF document that fits its document type, or not at all."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from allonce.products.chat.leads.adf.checking import faults
from allonce.products.chat.leads.adf.values import Prospect, Thing, holdable

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<?adf version="1.0"?>\n'
# Every contact has a name in ADF; who gave none is called what they are.
NAMELESS = "Visitor"


class Misshapen(Exception):
    """The document would not be valid: a fault of ours. Nothing is sent then."""


def write(prospect: Prospect) -> str:
    """The document, in UTF-8 when encoded. Raises Misshapen rather than return an invalid one."""
    root = Element("adf")
    lead = SubElement(root, "prospect", {"status": "resend" if prospect.resend else "new"})
    _id(lead, prospect.id, prospect.source)
    _text(lead, "requestdate", prospect.requested_at.isoformat(timespec="seconds"))
    _vehicle(lead, prospect.thing)
    _customer(lead, prospect)
    _vendor(lead, prospect)
    _provider(lead, prospect)
    wrong = faults(root)
    if wrong:
        raise Misshapen("; ".join(wrong))
    indent(root)
    return HEAD + tostring(root, encoding="unicode") + "\n"


def _vehicle(lead: Element, thing: Thing) -> None:
    vehicle = SubElement(lead, "vehicle", {"interest": "buy", "status": "used"})
    if holdable(thing.listing_id):
        _id(vehicle, thing.listing_id, "listing")
    for name in ("year", "make", "model"):
        _text(vehicle, name, getattr(thing, name))
    _optional(vehicle, "imagetag", thing.image)
    if holdable(thing.price):
        currency = {"currency": thing.currency} if thing.currency else {}
        _text(vehicle, "price", thing.price, type="asking", **currency)
    _optional(vehicle, "comments", thing.comments)


def _customer(lead: Element, prospect: Prospect) -> None:
    customer = SubElement(lead, "customer")
    contact = SubElement(customer, "contact")
    _text(contact, "name", prospect.name if holdable(prospect.name) else NAMELESS, part="full", type="individual")
    _optional(contact, "email", prospect.email)
    _optional(contact, "phone", prospect.phone)
    _optional(customer, "comments", prospect.comments)


def _vendor(lead: Element, prospect: Prospect) -> None:
    vendor = SubElement(lead, "vendor")
    if holdable(prospect.vendor_id):
        _id(vendor, prospect.vendor_id, prospect.source)
    _text(vendor, "vendorname", prospect.vendor)
    contact = SubElement(vendor, "contact")
    _text(contact, "name", prospect.vendor, part="full", type="business")


def _provider(lead: Element, prospect: Prospect) -> None:
    provider = SubElement(lead, "provider")
    _text(provider, "name", prospect.provider, part="full", type="business")
    _text(provider, "service", prospect.service)
    _optional(provider, "url", prospect.provider_url)


def _id(parent: Element, value: str, source: str) -> None:
    _text(parent, "id", value, sequence="1", source=holdable(source))


def _optional(parent: Element, name: str, text: str) -> None:
    if holdable(text):
        _text(parent, name, text)


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = holdable(text)
