"""The heads of a list with one size, or one band, to a row: what each of its columns means, in any order."""

import re
from dataclasses import dataclass
from functools import lru_cache

from allonce.products.catalogue.importing.finding.bands import band_label, bare_label, says_band
from allonce.products.catalogue.importing.finding.heads import column_for, limit_for
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.words import BAND, WIDTH, plain, says_drop, says_width

_PRICE = (
    r"(?:prices?|pricing|rrp|srp|msrp|retail|trade|cost|net|list|nett|rate|charge|amount|prijs|prijzen|preise?|prix|"
    r"precio|prezzo|preco|pris|cena|vk|ek|£|€|\$|gbp|eur|usd)"
)
_PER = r"(?:per|pro|par|por|al|/|each|a|je|p)"
_SQUARE_FEET = r"(?:sq\.? ?ft\.?|sqft|square f(?:ee|oo)t|ft2|ft\^2|sf)"
_SQUARE_METRES = (
    r"(?:m2|m\^2|sq\.? ?m(?:\b|t?rs?\b|et(?:re|er)s?\b)\.?|sqm|square met(?:re|er)s?|qm|quadratmeter|vierkante meter)"
)
_METRES = r"(?:(?:lin(?:ear|eal)?\.? |running |l\.?)?(?:m\b|mtrs?\b|met(?:re|er)s?\b)|lfm\b|strekkende meter)"
_PIECE = r"(?:each|piece|pc|unit|item|blind|ea|stuk|stuck|piece)"
_LEAST = r"\b(?:min|mini|minimum|smallest|least)\b\.?"
# A head has one of these in it; looking for them first makes rows of ranges and prices quick to pass over.
_TELLING = re.compile(
    rf"\b(?:{WIDTH}|w|sizes?|dimensions?|[wdh] ?x ?[wdh]|each|per|pro|par|por|je)\b|/"
    rf"|(?:^|\b){_PRICE}(?:\b|$)|{_SQUARE_FEET}|{_SQUARE_METRES}"
)
_BAND_HEAD = re.compile(rf"^(?:{BAND})s?$|^(?:price|pricing|fabric|range) (?:{BAND})s?$")
RATES = ("per_m2", "per_sqft", "per_m", "each")
_NOT_A_PRICE = re.compile(r"\b(?:weight|kg|qty|quantity|stock|code|ref|sku|no\.?|pack|area|fabric width|vat|tax)\b")


@dataclass(frozen=True)
class PriceColumn:
    """A column of prices; `band` where its head names one, `sure` where it says outright that it is a band."""

    column: int
    band: str
    sure: bool


@dataclass(frozen=True)
class Columns:
    """One row of heads. `roles` maps our words to columns; `unused` are heads that mean nothing to us."""

    row: int
    roles: dict[str, int]
    prices: tuple[PriceColumn, ...]
    unused: tuple[int, ...]

    @property
    def used(self) -> tuple[int, ...]:
        return (*self.roles.values(), *(price.column for price in self.prices))


@lru_cache(maxsize=4096)
def role_of(text: str) -> str:
    """`Price per m²` -> per_m2, `Min. charge` -> minimum_price, `Max width` -> width; nothing for unknown words."""
    simple = plain(text)
    if not simple or len(simple) > 40:
        return ""
    if re.search(_LEAST, simple):
        return _least(simple)
    return rate_in(simple) or _plain_role(re.sub(r"\(.*?\)", " ", simple).strip(" .:#"), simple)


def rate_in(simple: str) -> str:
    """What a price in these words is for: an area, a length or a piece."""
    for word, unit in (("per_sqft", _SQUARE_FEET), ("per_m2", _SQUARE_METRES), ("per_m", _METRES)):
        if re.search(rf"(?:\b|/|^)(?:per|pro|par|por|je|p)?\s*/?\s*{unit}", simple) and _is_rate(simple, unit):
            return word
    return "each" if re.search(rf"\b(?:per|/)\s*{_PIECE}\b|^(?:price )?each$|^unit price$", simple) else ""


def _is_rate(simple: str, unit: str) -> bool:
    """A price for each of the unit: `£/m2`, `per sq m`, `m2 price`; not `area in m2` or `width (m)`."""
    return bool(
        re.search(rf"(?:\bper\b|\bpro\b|\bpar\b|\bpor\b|\bje\b|/|^p)\s*{unit}", simple)
        or (re.search(rf"\b{_PRICE}.{{0,8}}{unit}|(?:^|\b){unit}.{{0,3}}\b{_PRICE}", simple) and unit != _METRES)
    )


def _least(simple: str) -> str:
    if re.search(rf"\b(?:{_PRICE}|selling|order)\b", simple):
        return "minimum_price"
    limit = limit_for(simple)
    if limit:
        return limit
    return "minimum_size" if re.search(r"\b(?:size|dimensions?|w ?x ?[hd])\b", simple) else ""


def _plain_role(bare: str, simple: str) -> str:
    """`Price band` is a band and `Width price` a price, so the order matters."""
    if (says_width(bare) and says_drop(bare)) or re.match(r"^(?:sizes?|dimensions?|w ?x ?[hd]|[hd] ?x ?w)\b", bare):
        return "size"
    if _BAND_HEAD.match(bare) or (band_label(simple) is None and says_band(bare)):
        return "band"
    if re.search(rf"(?:^|\b){_PRICE}(?:\b|$)", bare):
        return "price"
    if says_width(simple):
        return "width"
    if says_drop(simple):
        return "drop"
    word = column_for(simple)
    return word if word in ("range", "colour") else ""


def columns_of(view: View, row: int) -> Columns | None:
    """The heads in a row; None where none of them means anything."""
    if not any(_TELLING.search(plain(view.text(row, column))) for column in view.sheet.rows.get(row, [])):
        return None
    roles: dict[str, int] = {}
    prices: list[PriceColumn] = []
    unused: list[int] = []
    for column in view.sheet.rows.get(row, []):
        text = view.text(row, column)
        found = _band_column(view, row, column, text)
        role = "" if found or not view.is_words(row, column) else role_of(text)
        if found:
            prices.append(found)
        elif role == "price":
            prices.append(PriceColumn(column, text, sure=False))
        elif role and role not in roles:
            roles[role] = column
        elif view.is_words(row, column):
            unused.append(column)
    if not prices and "each" in roles and {"width", "size"} & set(roles):
        prices.append(PriceColumn(roles["each"], view.text(row, roles.pop("each")), sure=False))
    return Columns(row, roles, tuple(prices), tuple(unused)) if roles or prices else None


def _band_column(view: View, row: int, column: int, text: str) -> PriceColumn | None:
    """`Band A`, `Price A`, or a bare `A` under a head about bands."""
    if _BAND_HEAD.match(plain(text)):
        return None
    if label := band_label(text):
        return PriceColumn(column, label, sure=True)
    if found := re.match(rf"^{_PRICE} ([a-z]{{1,2}}|\d{{1,2}})$", plain(text)):
        return PriceColumn(column, found[1].upper(), sure=True)
    label = bare_label(text)
    if label is None or (row == 0 and text.isdigit()):
        return None
    above = (
        any(says_band(view.text(row - 1, left)) for left in range(column, max(-1, column - 12), -1)) if row else False
    )
    return PriceColumn(column, label, sure=above) if above or not text.isdigit() else None


def is_unused_figure_column(view: View, columns: Columns, column: int, rows: list[int]) -> bool:
    """Whether an unknown column holds what may be prices, so that leaving it out must be said."""
    if _NOT_A_PRICE.search(plain(view.text(columns.row, column))):
        return False
    filled = [row for row in rows if view.text(row, column)]
    return bool(filled) and sum(view.amount(row, column).state == "price" for row in filled) * 2 > len(filled)
