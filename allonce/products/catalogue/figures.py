"""Money, shares and sizes as people write them, and back again. Nothing here knows a float."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_CURRENCY_SIGNS = re.compile(r"[£€$\s]")
_NO_PRICE = frozenset({"", "-", "–", "—", "poa", "p.o.a.", "n/a", "na", "x"})  # noqa: RUF001 people type dashes


class NotAFigure(ValueError):
    """The text is no figure of the kind asked for; its message says what to type."""


def money(minor: int | None) -> str:
    """Minor units as 1,284.50; no price as POA."""
    if minor is None:
        return _("POA")
    sign = "-" if minor < 0 else ""
    whole, part = divmod(abs(minor), 100)
    return f"{sign}{whole:,}.{part:02d}"


def with_currency(minor: int, currency: str) -> str:
    """Minor units as £1,284.50, or 1,284.50 CHF where the currency has no sign of its own."""
    sign = "-" if minor < 0 else ""
    figure = money(abs(minor))
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{figure}" if symbol else f"{sign}{figure} {currency}"


def parse_money(text: str) -> int:
    """Minor units of `1,284.50`, `£44` or `44,5`. Raises NotAFigure."""
    return _scaled(_with_point(text), 100, _("Type an amount such as 44.50."))


def parse_price(text: str) -> int | None:
    """A cell of a price table: an amount, or None for an empty cell, a dash or POA. Raises NotAFigure."""
    return None if text.strip().casefold() in _NO_PRICE else parse_money(text)


def percent(bp: int) -> str:
    """Basis points as 12.5 %."""
    return f"{Decimal(bp).scaleb(-2).normalize():f} %"


def parse_percent(text: str) -> int:
    """Basis points of `12.5` or `12.5 %`. Raises NotAFigure."""
    return _scaled(_with_point(text.replace("%", "")), 100, _("Type a percentage such as 12.5."))


def area(square_mm: int) -> str:
    """Square millimetres as square metres, 2.5."""
    return f"{Decimal(square_mm).scaleb(-6).normalize():f}"


def parse_area(text: str) -> int:
    """Square millimetres of `2.5` or `2.5 m²`. Raises NotAFigure."""
    return _scaled(_with_point(text.replace("m²", "")), 1_000_000, _("Type square metres such as 2.5."))


def parse_sizes(text: str) -> list[int]:
    """Whole numbers separated by spaces, commas or new lines. Raises NotAFigure."""
    words = re.split(r"[\s,;]+", text.strip())
    if not all(re.fullmatch(r"\d{1,5}", word) for word in words):
        raise NotAFigure(_("Type whole millimetres with spaces between, such as 600 800 1000."))
    return [int(word) for word in words]


def _with_point(text: str) -> str:
    plain = _CURRENCY_SIGNS.sub("", text)
    if re.fullmatch(r"-?\d+,\d{1,2}", plain):
        return plain.replace(",", ".")
    return plain.replace(",", "")


def _scaled(text: str, scale: int, advice: str) -> int:
    try:
        value = Decimal(text) * scale
    except InvalidOperation as error:
        raise NotAFigure(advice) from error
    if not value.is_finite() or value != value.to_integral_value() or abs(value) > 10**12:
        raise NotAFigure(advice)
    return int(value)
