"""Prices as suppliers write them: £1,234.50, € 45,-, 1 234, 31.00*, POA - and what cannot be read."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from allonce.products.catalogue.importing.numerals import Numeral, read_numeral
from allonce.products.catalogue.importing.sheet import Cell
from allonce.products.catalogue.importing.words import CODES, CURRENCIES, NOT_OFFERED, plain

State = Literal["price", "blank", "not_offered", "unreadable"]

_NO_PENNIES = {"JPY": 0, "HUF": 2}
_SIGNS = re.compile(
    "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True) if not sign.isalpha())
    + r"|\b(?:kr|zł|kč|" + "|".join(CODES) + r")\b\.?",
    re.IGNORECASE,
)  # fmt: skip
_FOOTNOTE = re.compile(r"\s*(?:[*†‡#¹²³]+|\((?:\d|[a-z])\))\s*$|^\s*[*†‡]+\s*")
_NO_PART = re.compile(r"[.,](?:-|–|—|--|==)$")
_NEGATIVE = re.compile(r"^\(.*\d.*\)$|^[-−]\s*\d|\d\s*[-−]$")
_TAIL = re.compile(r"\s*(?:each|ea|p/?p|net|only|\+ ?vat|ex\.? ?vat|inc\.? ?vat|incl\.? ?vat)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a price cell says. `numeral` keeps both readings of `1,234` until the sheet's decimal sign is known."""

    state: State
    numeral: Numeral | None = None
    currency: str = ""
    footnote: str = ""
    written: str = ""


BLANK = Amount("blank")


def amount_of(cell: Cell | None) -> Amount:
    """Reads a cell as a price. A number cell is taken at its value; its format may add the currency."""
    if cell is None or not cell.text:
        return BLANK
    if cell.number is not None:
        state: State = "price" if cell.number >= 0 and not cell.unit else "unreadable"
        return Amount(state, Numeral(abs(cell.number)), cell.currency, written=cell.text)
    return read_amount(cell.text)


@lru_cache(maxsize=65536)
def read_amount(text: str) -> Amount:
    """Reads a text as a price."""
    bare, footnote = _without_footnote(text)
    if _says_not_offered(text) or _says_not_offered(bare):
        return Amount("not_offered", footnote=footnote, written=text)
    currency = _currency(bare)
    figures = _NO_PART.sub("", _TAIL.sub("", _SIGNS.sub(" ", bare)).strip()).strip()
    numeral = None if _NEGATIVE.search(figures) else read_numeral(figures)
    if numeral is None:
        return Amount("unreadable", footnote=footnote, written=text)
    return Amount("price", numeral, currency, footnote, text)


def _says_not_offered(text: str) -> bool:
    dashes = text.replace("–", "-").replace("—", "-").replace("−", "-").replace("_", "-")
    return plain(dashes).strip(". ") in NOT_OFFERED


def figures_of(cell: Cell) -> str:
    """The bare figures of a price written as text, for finding the sheet's decimal sign."""
    return _NO_PART.sub("", _SIGNS.sub(" ", _without_footnote(cell.text)[0]).strip()).strip()


def minor_units(value: Decimal, currency: str) -> tuple[int, bool]:
    """Whole minor units (halves up), and whether nothing was lost by rounding."""
    exact = value.scaleb(_NO_PENNIES.get(currency, 2))
    whole = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return int(whole), whole == exact


def _without_footnote(text: str) -> tuple[str, str]:
    found = _FOOTNOTE.search(text)
    if not found or not found[0].strip():
        return text, ""
    rest = (text[: found.start()] + text[found.end() :]).strip()
    return (rest, found[0].strip()) if rest else (text, "")


def _currency(text: str) -> str:
    found = _SIGNS.search(text)
    if not found:
        return ""
    sign = found[0].lower().rstrip(".")
    if sign.upper() in CODES:
        return sign.upper()
    return CURRENCIES.get(sign.replace("ł", "l").replace("č", "c"), "")
