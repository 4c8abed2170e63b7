"""Reads ADF as it is found in the wild: misplaced declarations, any letter case, unknown and missing elements."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError
from allonce.products.chat.leads.adf.values import Prospect, Thing

MOST_BYTES = 1_000_000
DEEPEST = 40
# Declarations of XML and of ADF stand on either side of each other, or are repeated.
_DECLARATIONS = re.compile(r"\A(?:\ufeff|\s|<\?(?:xml|adf)\b[^>]*\?>)+", re.I)


class UnreadableAdf(UserError):
    """It is no ADF, or more than anybody sends."""

    code = "unreadable_adf"
    status = 422
    message = gettext_lazy(
        "This is not a readable lead in ADF. Send one XML document that begins with the element adf."
    )


def read(data: bytes) -> list[Prospect]:
    """The leads of a document. Raises UnreadableAdf."""
    if len(data) > MOST_BYTES:
        raise UnreadableAdf
    text = _DECLARATIONS.sub("", data.decode("utf-8", "replace").replace("\x00", ""))
    try:
        root = fromstring(text, forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableAdf from error
    if _name(root) != "adf" or _depth(root) > DEEPEST:
        raise UnreadableAdf
    return [_prospect(each) for each in root if _name(each) == "prospect"]


def _prospect(lead: Element) -> Prospect:
    vehicle, customer, vendor, provider = (_child(lead, name) for name in ("vehicle", "customer", "vendor", "provider"))
    contact = _child(customer, "contact")
    number = _child(lead, "id")
    return Prospect(
        id=_said(number),
        source=number.get("source", "") if number is not None else "",
        requested_at=_moment(_text(lead, "requestdate")),
        thing=_thing(vehicle),
        name=_full_name(contact),
        email=_text(contact, "email"),
        phone=_text(contact, "phone"),
        comments=_text(customer, "comments"),
        vendor=_text(vendor, "vendorname"),
        vendor_id=_text(vendor, "id"),
        provider=_text(provider, "name"),
        service=_text(provider, "service"),
        provider_url=_text(provider, "url"),
        resend=lead.get("status", "").casefold() == "resend",
    )


def _thing(vehicle: Element | None) -> Thing:
    price = _child(vehicle, "price")
    return Thing(
        year=_text(vehicle, "year"),
        make=_text(vehicle, "make"),
        model=_text(vehicle, "model"),
        listing_id=_text(vehicle, "id"),
        image=_text(vehicle, "imagetag"),
        price=_said(price),
        currency=price.get("currency", "") if price is not None else "",
        comments=_text(vehicle, "comments"),
    )


def _full_name(contact: Element | None) -> str:
    """The whole name, or its parts in the order in which people say them."""
    said: dict[str, str] = {}
    for each in contact if contact is not None else ():
        if _name(each) == "name":
            said.setdefault(each.get("part", "full").casefold(), _said(each))
    return said.get("full") or " ".join(said[part] for part in ("first", "middle", "last", "suffix") if said.get(part))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].casefold()


def _child(parent: Element | None, name: str) -> Element | None:
    return next((each for each in parent if _name(each) == name), None) if parent is not None else None


def _text(parent: Element | None, name: str) -> str:
    return _said(_child(parent, name))


def _said(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _moment(text: str) -> datetime:
    """ISO 8601; a time without a zone counts as UTC. Raises UnreadableAdf."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableAdf from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _depth(root: Element) -> int:
    """How deep elements lie within each other, counted without recursion."""
    level, deepest = list(_elements(root)), 1
    while level and deepest <= DEEPEST:
        level, deepest = [below for each in level for below in _elements(each)], deepest + 1
    return deepest


def _elements(element: Element) -> Iterator[Element]:
    return iter(element)
