"""The heads of a range table: which of our words each of the sheet's columns means, in any order."""

import re
from collections import Counter
from functools import lru_cache

from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.words import BAND, DROP, WIDTH, plain

_LEAST = r"\b(?:min|mini|minimum|smallest|least|from|kleinste|von|van)\b"
_MOST = r"\b(?:max|maxi|maximum|largest|most|up to|to|grootste|bis|tot)\b"
_NAMED = (
    (
        "discontinued",
        r"\b(?:discontinued|disc|disco|deleted|obsolete|withdrawn|vervallen|auslauf\w*|status|active|available)\b",
    ),
    ("colour", r"\b(?:colou?rs?|colou?rways?|shades?|kleur\w*|farben?|couleurs?|colori\w*|finish(?:es)?)\b"),
    ("band", rf"^(?:{BAND}|price|pricing)(?: (?:band|group|code|list))?s?$|\b(?:{BAND})\b$"),
    (
        "range",
        r"\b(?:ranges?|fabrics?|collections?|product names?|design|material|stof\w*|tissus?|collectie|kollektion"
        r"|qualit\w+|style|name)\b",
    ),
)
LIMITS = ("min_width", "max_width", "min_drop", "max_drop")


@lru_cache(maxsize=4096)
def column_for(text: str) -> str | None:
    """`Max Width (mm)` -> max_width; None for heads that mean nothing to us."""
    simple = plain(text)
    if not simple or len(simple) > 40:
        return None
    limit = limit_for(simple)
    if limit:
        return limit
    bare = re.sub(r"\(.*?\)", " ", simple).strip(" .:#")
    return next((word for word, pattern in _NAMED if re.search(pattern, bare)), None)


def limit_for(simple: str) -> str | None:
    """`max width` -> max_width, in plain words."""
    side = "width" if re.search(rf"\b(?:{WIDTH}|w)\b", simple) else ""
    if re.search(rf"\b(?:{DROP}|d|h)\b", simple):
        side = side or "drop"
    if not side:
        return None
    if re.search(_LEAST, simple):
        return f"min_{side}"
    return f"max_{side}" if re.search(_MOST, simple) else None


def columns_of(view: View, row: int) -> dict[str, int]:
    """Our words to columns for one row of heads; empty where it heads no range table."""
    columns: dict[str, int] = {}
    for column in view.sheet.rows.get(row, []):
        word = column_for(view.text(row, column)) or column_for(_with_head_above(view, row, column))
        if word and word not in columns and view.is_words(row, column):
            columns[word] = column
    return columns if _heads_ranges(columns) else {}


def _with_head_above(view: View, row: int, column: int) -> str:
    """`Min` under a merged `Width` reads `Width Min`."""
    text = view.text(row, column)
    if not row or not re.search(f"{_LEAST}|{_MOST}", plain(text)):
        return ""
    for left in range(column, max(-1, column - 3), -1):
        above = view.text(row - 1, left)
        if above and (left == column or view.sheet.last_column_of(row - 1, left) >= column):
            return f"{above} {text}"
        if above:
            return ""
    return ""


def _heads_ranges(columns: dict[str, int]) -> bool:
    """A name and something about it: a colour, a band or a limit."""
    named = "range" in columns or "colour" in columns
    told = Counter("limit" if word in LIMITS else word for word in columns)
    return named and len(columns) >= 2 and (told["limit"] > 0 or "band" in columns or len(told) >= 3)
