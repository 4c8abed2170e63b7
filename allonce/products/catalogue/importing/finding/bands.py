"""Names of bands: in title rows, merged heads, the first column, the corner, or the sheet's name."""

import re
from functools import lru_cache

from allonce.products.catalogue.importing.words import BAND, plain

_CODE = r"(?P<code>[a-z]{1,2}\+{0,2}(?![\w'])|\d{1,3}[a-z]?(?![\w.,'])|[ivx]{1,5}(?!\w))"
_LABEL = re.compile(rf"\b(?:{BAND})s?\s*(?:no\.?|nr\.?|code)?\s*[:.\-–=#]?\s*{_CODE}", re.IGNORECASE)
_AFTER = re.compile(rf"^{_CODE}\s*[-–:]?\s*(?:{BAND})\b", re.IGNORECASE)
_NAMED = re.compile(
    rf"^(?P<name>[\w+&' ]{{2,30}}?)\s+(?:{BAND})$|^(?:{BAND})\s*[:\-–]\s*(?P<after>[\w+&' ]{{2,30}})$", re.IGNORECASE
)
_SEVERAL = re.compile(rf"\b(?:{BAND})s?\s*{_CODE}\s*(?:,|&|-|–|to\b|and\b|/)\s*[a-z0-9]{{1,2}}\b", re.IGNORECASE)
# What our own export writes before a name, so that any name comes back as it was.
OWN_LABEL = "Band name:"
_BARE = re.compile(r"^(?:[A-Z]{1,2}\+{0,2}|\d{1,2}|[IVX]{1,5})$")
_UNTITLED = re.compile(r"^(?:sheet|tabelle|blad|feuil|hoja|foglio|arkusz|table)\s*\d*$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def band_label(text: str) -> str | None:
    """The band that a text names: `PRICE BAND A - plains` -> A, `Premium band` -> Premium. None for anything else."""
    if text.startswith(OWN_LABEL):
        return text[len(OWN_LABEL) :].strip() or None
    simple = plain(text)
    if len(simple) > 90 or _SEVERAL.search(simple):
        return None
    for pattern in (_LABEL, _AFTER):
        if found := pattern.search(simple):
            return found["code"].upper()
    if found := _NAMED.match(text.strip()):
        return (found["name"] or found["after"]).strip()
    return None


def says_band(text: str) -> bool:
    """Whether a heading is about bands at all."""
    return bool(re.search(rf"\b(?:{BAND})s?\b", plain(text)))


def bare_label(text: str) -> str | None:
    """A band's name with no word beside it, as in a first column that says A, A, A, B, B, B."""
    return text.strip() if _BARE.match(text.strip()) else None


def band_of_sheet(name: str) -> tuple[str | None, bool]:
    """The band that a sheet's name tells, and whether it says so outright."""
    if _UNTITLED.match(name.strip()) or not name.strip():
        return None, False
    label = band_label(name) or bare_label(name)
    return (label, True) if label else (name.strip()[:40], False)
