"""What a number format shows beside the number: a currency, a unit, a date."""

import re
from dataclasses import dataclass
from functools import lru_cache

from allonce.products.catalogue.importing.words import currency_in, unit_in

_BRACKET = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_QUOTED = re.compile(r'"([^"]*)"')
_ESCAPED = re.compile(r"\\(.)")
_DROPPED = re.compile(r"\[[^\]]*\]|_.|\*.")
_DATE_IDS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_FRACTION_IDS = frozenset([12, 13])


@dataclass(frozen=True, slots=True)
class Shown:
    """What the format adds to the stored number."""

    currency: str = ""
    unit: str = ""
    is_date: bool = False
    is_percent: bool = False


PLAIN = Shown()


def builtin(number_format: int) -> Shown:
    """Formats that files name only by number. Their currency is that of the computer, so it stays unknown."""
    if number_format in _DATE_IDS:
        return Shown(is_date=True)
    return Shown(is_percent=number_format in (9, 10))


@lru_cache(maxsize=1024)
def shown_by(code: str) -> Shown:
    """Reads a format code such as `"£"#,##0.00`, `[$€-407] 0.00` or `0" cm"`."""
    positive = _first_section(code)
    words = " ".join([*_BRACKET.findall(positive), *_QUOTED.findall(positive), *_ESCAPED.findall(positive)])
    rest = _DROPPED.sub("", _ESCAPED.sub("", _QUOTED.sub("", _BRACKET.sub("", positive))))
    if re.search(r"[ymdhs]", rest, re.IGNORECASE) and not re.search(r"General", rest, re.IGNORECASE):
        return Shown(is_date=True)
    bare = re.sub(r"[0#?.,/Ee+\-() ]", "", rest)
    currency = currency_in(f"{words} {bare}")
    return Shown(currency, "" if currency else unit_in(words), is_percent="%" in bare)


def _first_section(code: str) -> str:
    """The part before the first semicolon that is not quoted or escaped: the one for positive numbers."""
    quoted = False
    for index, letter in enumerate(code):
        if letter == '"' and code[index - 1 : index] != "\\":
            quoted = not quoted
        if letter == ";" and not quoted and code[index - 1 : index] != "\\":
            return code[:index]
    return code
