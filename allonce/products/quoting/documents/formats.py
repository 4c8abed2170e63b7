"""How figures read in a document: money, dates, sizes and shares."""

from datetime import date, datetime
from fractions import Fraction

SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
WHOLE_UNITS_ONLY = {"JPY", "KRW", "ISK", "HUF"}
MM_PER_INCH = Fraction(254, 10)


def money(minor: int, currency: str) -> str:
    """`minor` units of `currency` as people write them: £1,234.50, or 1,234.50 CHF where no sign is known."""
    sign = "-" if minor < 0 else ""
    whole, rest = (abs(minor), None) if currency in WHOLE_UNITS_ONLY else divmod(abs(minor), 100)
    figure = f"{whole:,}" if rest is None else f"{whole:,}.{rest:02d}"
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{figure}" if symbol else f"{sign}{figure} {currency}"


def day(text: str) -> str:
    """A date or moment in ISO form as 21 Nov 2026; empty stays empty."""
    if not text:
        return ""
    when = datetime.fromisoformat(text).date() if "T" in text else date.fromisoformat(text)
    return f"{when.day} {when:%b %Y}"


def length(mm: int, units: str) -> str:
    """Millimetres in the shop's units: 1200, 120, or 47 1/4 (to the nearest sixteenth of an inch)."""
    if units == "cm":
        return f"{mm // 10}.{mm % 10}" if mm % 10 else str(mm // 10)
    if units != "inch":
        return str(mm)
    sixteenths = round(Fraction(mm) / MM_PER_INCH * 16)
    whole, part = divmod(sixteenths, 16)
    fraction = Fraction(part, 16)
    return f"{whole} {fraction}" if whole and part else str(fraction if part else whole)


def size(width: int, drop: int, units: str) -> str:
    """Both measurements with their unit, or nothing where a product has no size."""
    if width <= 0 or drop <= 0:
        return ""
    unit = {"cm": "cm", "inch": "in"}.get(units, "mm")
    return f"{length(width, units)} x {length(drop, units)} {unit}"


def share(basis_points: int) -> str:
    """Basis points as a percentage: 2000 is 20 %, 1750 is 17.5 %."""
    figure = f"{basis_points / 100:.2f}".rstrip("0").rstrip(".")
    return f"{figure} %"
