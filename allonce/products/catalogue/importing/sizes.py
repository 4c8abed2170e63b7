"""Sizes as suppliers write them: 600, 60cm, 24 1/2", 6'2", up to 600, 601-800, 610mm (24")."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from allonce.products.catalogue.importing.numerals import read_numeral
from allonce.products.catalogue.importing.sheet import Cell
from allonce.products.catalogue.importing.words import DROP, WIDTH, plain

IN_MM = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000), "in": Decimal("25.4"), "ft": Decimal("304.8")}


@dataclass(frozen=True, slots=True)
class Size:
    """One size. `value` is the upper end in `unit` ("" where the cell does not say).

    `low`: the lower end of a range. `other`: the value where a sign that may group is decimal. `axis`: width or drop
    where the cell says so. `twin`: the same size in a second unit. `counts`: the cell says that it counts widths of
    fabric, as in `1½ widths`.
    """

    value: Decimal
    unit: str = ""
    low: Decimal | None = None
    other: Decimal | None = None
    axis: Literal["", "width", "drop"] = ""
    twin: tuple[Decimal, str] | None = None
    footnote: str = ""
    counts: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    value: Decimal
    other: Decimal | None
    unit: str


_NUM = r"\d+(?:[.,' ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|[.,]\d+"
_FRACTION = r"(?:(?P<whole>\d+)[ -]+)?(?P<top>\d+)\s*[/⁄]\s*(?P<bottom>\d+)"
_INCHES = r"(?:\"|”|″|''|’’|inch(?:es)?\b|ins?\b\.?|zoll\b|duim\b|pouces?\b)"
_FEET = r"(?:'|’|′|ft\b\.?|feet\b|foot\b)"
_UNIT = rf"(?P<unit>mms?\b|millimet(?:re|er)s?\b|cms?\b|centimet(?:re|er)s?\b|m\b|met(?:re|er)s?\b|mtrs?\b|{_INCHES})"
_MEASURE = re.compile(
    rf"(?P<feet>\d+)\s*{_FEET}\s*(?:(?P<rest>\d+(?:[ -]+\d+\s*/\s*\d+)?|\d+\s*/\s*\d+)\s*{_INCHES}?)?"
    rf"|(?:{_FRACTION}|(?P<num>{_NUM}))\s*{_UNIT}?"
)
_AXIS_WORDS = re.compile(rf"\b(?:{WIDTH}|{DROP})\b:?|^[wdh]\b[:= ]?|(?<=[\d\s])[wdh]$|^[wdh](?=\d)")
_COUNT = re.compile(
    r"^(?:(?P<whole>\d{1,2})(?:[.,](?P<part>[05]))?|(?:(?P<more>\d{1,2}) )?(?P<half>1/2))\s*x?\s*"
    r"(?:fabric |full )?(?:widths?|banen|baan|bahnen|bahn)$"
)
_MOST_WIDTHS = 20
_FOOTNOTE = re.compile(r"[*†‡#¹²³]+")
_UP_TO = frozenset(
    {"up to", "upto", "to", "max", "max.", "maximum", "<", "<=", "≤", "bis", "bis zu", "tot", "t/m", "tot en met",
     "jusqu'a", "jusqu a", "hasta", "fino a", "until", "under", "up to max", "not exceeding", "and under", "or less"}
)  # fmt: skip
_BETWEEN = frozenset({"-", "–", "—", "to", "bis", "tot", "t/m", "a", ">", "->", "→", "up to", "and", "..", "…"})
_BY = re.compile(r"(?<=[\d\s\w\"'”″])\s*(?:[x×*]|\bby\b)\s*(?=[\d.,])", re.IGNORECASE)
_TWINS = frozenset({"", "/", "|", "=", "()", "( )", "[]", "≈", "~", "(/)"})


@lru_cache(maxsize=65536)
def read_size(text: str) -> Size | None:
    """The size in a text, or None where the text is anything else."""
    if not text or len(text) > 40 or not any(letter.isdigit() for letter in text):
        return None
    text, footnote = _without_footnote(text)
    if counted := _counted(plain(text)):
        return replace(counted, footnote=footnote)
    lowered, axis = _without_axis(plain(text))
    parts, around = _parts(lowered)
    size = _join(parts, around)
    return replace(size, axis=axis, footnote=footnote) if size else None


def read_pair(text: str) -> tuple[Size, Size] | None:
    """Two sizes such as `1000 x 1800` or `1.2 x 1.5 m`; a unit written once holds for both."""
    parts = _BY.split(text.strip())
    if len(parts) != 2:
        return None
    first, second = read_size(parts[0].strip()), read_size(parts[1].strip())
    if first is None or second is None:
        return None
    return (first if first.unit else replace(first, unit=second.unit)), second


def may_count(value: Decimal) -> bool:
    """Whether a bare figure can be a number of widths of fabric: whole ones and halves."""
    return 0 < value <= _MOST_WIDTHS and value * 2 == (value * 2).to_integral_value()


def size_of(cell: Cell | None) -> Size | None:
    """The size in a cell. A number shown with a currency is a price and never a size."""
    if cell is None or cell.currency:
        return None
    if cell.number is None:
        return read_size(cell.text)
    return Size(cell.number, cell.unit) if cell.number >= 0 else None


def in_mm(value: Decimal, unit: str) -> Decimal:
    return value * IN_MM[unit]


def whole_mm(value: Decimal, unit: str) -> int:
    """Millimetres, rounded to the nearest, halves up."""
    return int(in_mm(value, unit) + Decimal("0.5"))


def _counted(text: str) -> Size | None:
    found = _COUNT.match(text)
    if not found:
        return None
    half = Decimal("0.5") if found["half"] or found["part"] == "5" else Decimal(0)
    value = Decimal(found["whole"] or found["more"] or 0) + half
    return Size(value, axis="width", counts=True) if may_count(value) else None


def _without_footnote(text: str) -> tuple[str, str]:
    signs = "".join(_FOOTNOTE.findall(text))
    return (_FOOTNOTE.sub(" ", text).strip(), signs) if signs else (text, "")


def _without_axis(text: str) -> tuple[str, Literal["", "width", "drop"]]:
    found = _AXIS_WORDS.search(text)
    if not found:
        return text, ""
    rest = _AXIS_WORDS.sub(" ", text).strip()
    word = found[0].strip(" :=")
    is_width = word == "w" or bool(re.fullmatch(WIDTH, word))
    return rest, "width" if is_width else "drop"


def _parts(text: str) -> tuple[list[_Part], list[str]]:
    """The measures in a text, and what stands before, between and after them."""
    parts, around, last = [], [], 0
    for found in _MEASURE.finditer(text):
        part = _part(found)
        if part is None:
            return [], []
        around.append(text[last : found.start()].strip())
        parts.append(part)
        last = found.end()
    return parts, [*around, text[last:].strip()]


def _part(found: re.Match[str]) -> _Part | None:
    if found["feet"]:
        rest = _mixed(found["rest"]) if found["rest"] else Decimal(0)
        return None if rest is None else _Part(Decimal(found["feet"]) * 12 + rest, None, "in")
    unit = _unit(found["unit"] or "")
    if found["top"]:
        value = _fraction(found["whole"], found["top"], found["bottom"])
        return None if value is None else _Part(value, None, unit or "in")
    numeral = read_numeral(found["num"])
    return _Part(numeral.value, numeral.other, unit) if numeral else None


def _mixed(text: str) -> Decimal | None:
    found = re.fullmatch(_FRACTION, text)
    return _fraction(found["whole"], found["top"], found["bottom"]) if found else Decimal(text)


def _fraction(whole: str | None, top: str, bottom: str) -> Decimal | None:
    """Fractions of an inch only: anything that is not a half, quarter ... sixty-fourth is something else."""
    if int(bottom) not in (2, 4, 8, 16, 32, 64) or int(top) >= int(bottom):
        return None
    return Decimal(whole or 0) + Decimal(top) / Decimal(bottom)


def _unit(word: str) -> str:
    if not word:
        return ""
    if word.startswith(("mm", "milli")):
        return "mm"
    if word.startswith(("cm", "centi")):
        return "cm"
    return "m" if word.startswith("m") else "in"


def _join(parts: list[_Part], around: list[str]) -> Size | None:
    if len(parts) == 1:
        return _single(parts[0], around)
    if len(parts) == 2:
        return _pair(parts, around)
    return None


def _single(part: _Part, around: list[str]) -> Size | None:
    before, after = around[0].rstrip(" :"), around[1].strip(" .:")
    if (before and before not in _UP_TO) or (after and after not in _UP_TO - {"to"}):
        return None
    return Size(part.value, part.unit, other=part.other)


def _pair(parts: list[_Part], around: list[str]) -> Size | None:
    first, second = parts
    before, between, after = around
    if before.rstrip(" :") in ("", "from", "von", "van", "de") and between in _BETWEEN and not after:
        return _range(first, second)
    wrapped = f"{between}{after}".replace(" ", "")
    if before in ("", *_UP_TO) and wrapped in _TWINS and first.unit != second.unit:
        return Size(first.value, first.unit, other=first.other, twin=(second.value, second.unit))
    return None


def _range(first: _Part, second: _Part) -> Size | None:
    unit = second.unit or first.unit
    low_unit = first.unit or unit
    low = first.value if low_unit == unit else in_mm(first.value, low_unit) / IN_MM[unit]
    return Size(second.value, unit, low, second.other) if low < second.value else None
