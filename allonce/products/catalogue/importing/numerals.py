"""Figures as people write them: 1,234.50, 1.234,50, 1 234, 12,5 - and which of two readings is meant."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Point = Literal[".", ","]

_GROUPED = re.compile(r"^\d{1,3}(?:([ .,'’])\d{3})(?:\1\d{3})*(?:([.,])(\d+))?$")
_SIMPLE = re.compile(r"^(\d+)(?:([.,])(\d+))?$|^([.,])(\d+)$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A figure read from text. `other` is the second reading where the sign may group or may be decimal."""

    value: Decimal
    other: Decimal | None = None
    point: str = ""


@lru_cache(maxsize=65536)
def read_numeral(text: str) -> Numeral | None:
    """One figure without sign, currency or unit; None for anything else.

    `1,234` alone can be read twice: `value` takes the sign as grouping, `other` as decimal.
    """
    text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").strip()
    if simple := _SIMPLE.match(text):
        return _simple(simple)
    grouped = _GROUPED.match(text)
    if not grouped or grouped[2] == grouped[1]:
        return None
    digits = re.sub(r"[ .,'’]", "", text[: grouped.start(2)] if grouped[2] else text)
    return Numeral(Decimal(f"{digits}.{grouped[3] or 0}"), None, grouped[2] or "")


def _simple(found: re.Match[str]) -> Numeral:
    if found[4]:
        return Numeral(Decimal(f"0.{found[5]}"), None, found[4])
    whole, sign, part = found[1], found[2], found[3]
    if not sign:
        return Numeral(Decimal(whole))
    decimal = Decimal(f"{whole}.{part}")
    if len(part) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        return Numeral(Decimal(whole + part), decimal, sign)
    return Numeral(decimal, None, sign)


def decimal_point_of(texts: list[str]) -> Point | None:
    """The decimal sign that these figures show beyond doubt, by majority; None where none of them shows it."""
    votes = {".": 0, ",": 0}
    for text in texts:
        found = read_numeral(text)
        if found is None or not found.point:
            continue
        if found.other is None:
            votes[found.point] += 1
    if votes["."] == votes[","]:
        return None
    return "." if votes["."] > votes[","] else ","


def settle(found: Numeral, point: Point | None) -> tuple[Decimal, bool]:
    """The value under a decimal sign, and whether that reading is sure."""
    if found.other is None:
        return found.value, point is None or not found.point or found.point == point
    if point is None:
        return found.value, False
    return (found.other, True) if found.point == point else (found.value, True)
