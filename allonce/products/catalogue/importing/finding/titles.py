"""What stands around the tables: titles, the currency and VAT they name, and footnotes."""

import re
from collections import Counter

from allonce.products.catalogue.importing.amounts import amount_of, figures_of
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.numerals import Point, decimal_point_of
from allonce.products.catalogue.importing.sheet import Cell
from allonce.products.catalogue.importing.words import currencies_named, plain

_TAX = r"(?:v\.?a\.?t\.?|btw|mwst\.?|ust\.?|tva|iva|gst|sales tax|tax)"
_INCLUDING = "inc|incl|including|inclusive of|includes|inclusief|inkl|inklusive|with|t\\.?t\\.?c"
_EXCLUDING = (
    "ex|exc|excl|excluding|exclusive of|excludes|exclusief|exkl|zzgl|ohne|plus|hors|without|before|add|subject to"
)
_INCLUDED = re.compile(rf"\b(?:{_INCLUDING})\b\.?\s*(?:of\s+)?(?:\d+\s*%\s*)?{_TAX}\b|\bttc\b")
_EXCLUDED = re.compile(
    rf"(?:\b(?:{_EXCLUDING})\b\.?|\+)\s*(?:of\s+)?(?:\d+\s*%\s*)?{_TAX}\b|\bht\b|\bhors taxes?\b|\bnet prices\b"
)
_NOTE = re.compile(r"^\s*([*†‡#¹²³]+|\((?:\d|[a-z])\))\s*[-:=]?\s*(\S.*)$")


def footnotes_of(view: View) -> dict[str, str]:
    """Footnotes by their sign: `* Motorisation on request` -> {"*": "Motorisation on request"}."""
    found: dict[str, str] = {}
    for text in view.loose_words:
        if note := _NOTE.match(text):
            found.setdefault(note[1], note[2][:160])
    return found


def tax_said(view: View) -> tuple[str, str, bool] | None:
    """(`included` or `excluded`, the words that say so, whether nothing contradicts), or None."""
    said: dict[str, str] = {}
    for text in view.loose_words:
        simple = plain(text)
        if _INCLUDED.search(simple):
            said.setdefault("included", text[:80])
        if _EXCLUDED.search(simple):
            said.setdefault("excluded", text[:80])
    if not said:
        return None
    answer = "excluded" if "excluded" in said else "included"
    return answer, said[answer], len(said) == 1


def currency_of(views: list[View]) -> tuple[str, str, bool] | None:
    """(code, the words that say so, certain): from the price cells, else from titles; None where nothing says."""
    counted = Counter(code for view in views for cell in view.sheet.cells.values() if (code := _currency_of_cell(cell)))
    if counted:
        return counted.most_common(1)[0][0], "", True
    for view in views:
        for text in view.loose_words:
            named = sorted(currencies_named(text))
            if named and not text.strip().lower().startswith("http"):
                return named[0], text[:80], len(named) == 1
    return None


def _currency_of_cell(cell: Cell) -> str:
    return cell.currency if cell.number is not None else amount_of(cell).currency


def point_of(views: list[View]) -> Point | None:
    """The decimal sign of figures written as text, by majority; those with two decimals are prices and go first."""
    texts = [
        figures_of(cell)
        for view in views
        for cell in view.sheet.cells.values()
        if cell.number is None and ("," in cell.text or "." in cell.text) and len(cell.text) < 24
    ]
    pennies = [text for text in texts if text[-3:-2] in (",", ".")]
    return decimal_point_of(pennies) or decimal_point_of(texts)
