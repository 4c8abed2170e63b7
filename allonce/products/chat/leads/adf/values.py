"""A lead as ADF tells it, and how the parts of ours map onto its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

MEDIA_TYPE = "application/x-adf+xml"
Position = Literal["before", "after"]
# What XML 1.0 can hold (section 2.2), without the carriage return, which every reader turns into a line end.
_UNHOLDABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_YEAR = re.compile(r"\b(19[0-9]{2}|20[0-9]{2})\b")
_AMOUNT = re.compile(r"\d[\d,. ]*")
_CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD"}


@dataclass(frozen=True)
class Thing:
    """What the Consumer asked about. `year` and `make` are empty where the listing does not say them."""

    year: str = ""
    make: str = ""
    model: str = ""
    listing_id: str = ""
    image: str = ""
    price: str = ""
    currency: str = ""
    comments: str = ""


@dataclass(frozen=True)
class Prospect:
    """One lead. `service` is its kind: chat, call, text or offline; `comments` holds the transcript."""

    id: str
    source: str
    requested_at: datetime
    thing: Thing
    name: str
    email: str
    phone: str
    comments: str
    vendor: str
    vendor_id: str
    provider: str
    service: str
    provider_url: str = ""
    resend: bool = False


def provider_name(name: str, word: str, position: str) -> str:
    """The Provider's name with the Client's own word before or after it, by which its system files the lead."""
    parts = [word, name] if position == "before" else [name, word]
    return " ".join(each.strip() for each in parts if each.strip())


def thing_of(listing: Mapping[str, Any], page: Mapping[str, Any]) -> Thing:
    """The listing, else the page, as something that can be asked about; titles read "2019 Ford Focus 1.0"."""
    title = str(listing.get("title") or page.get("title") or "")
    year, make, model = _parts_of(title) if listing.get("title") else ("", "", title)
    amount, currency = _price(str(listing.get("price") or ""))
    return Thing(
        year=year,
        make=make,
        model=model,
        listing_id=str(listing.get("id") or ""),
        image=str(listing.get("image") or ""),
        price=amount,
        currency=currency,
        comments=str(listing.get("url") or page.get("url") or ""),
    )


def holdable(text: str) -> str:
    """The text with nothing that XML cannot hold, and one kind of line end."""
    return _UNHOLDABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _parts_of(title: str) -> tuple[str, str, str]:
    found = _YEAR.search(title)
    if found is None:
        return "", "", title
    rest = " ".join((title[: found.start()] + " " + title[found.end() :]).split())
    make, _blank, model = rest.partition(" ")
    return (found[1], make, model) if model else (found[1], "", rest)


def _price(text: str) -> tuple[str, str]:
    """Digits with a decimal point, and the currency's code; both empty where there is no clear amount."""
    found = _AMOUNT.search(text)
    if found is None:
        return "", ""
    digits = found[0].strip(" ,.").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d{1,2})?|\d+(\.\d{1,2})?", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?|\d+,\d{1,2}", digits):
        digits = digits.replace(".", "").replace(",", ".")
    else:
        return "", ""
    named = next((code for sign, code in _CURRENCIES.items() if sign in text), "")
    return digits, named or next((code for code in _CURRENCIES.values() if code in text.upper()), "")
