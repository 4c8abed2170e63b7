"""Prices by area, by length or by piece: one row (or, in a sheet turned on its side, one column) to a band."""

from dataclasses import dataclass, field
from decimal import Decimal

from allonce.products.catalogue.importing.amounts import minor_units
from allonce.products.catalogue.importing.finding.naming import Name
from allonce.products.catalogue.importing.finding.prices import Money, read_prices
from allonce.products.catalogue.importing.finding.units import AxisUnit, settle_unit
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.numerals import settle
from allonce.products.catalogue.importing.proposal import Mark, Rate
from allonce.products.catalogue.importing.sheet import Place
from allonce.products.catalogue.importing.sizes import Size, read_pair, whole_mm

# 1 m² is 10.7639 square feet (docs/catalogue-format.md).
SQUARE_FEET = Decimal("10.7639")
KINDS = {
    "per_m2": ("area", "per_m2"),
    "per_sqft": ("area", "per_m2"),
    "per_m": ("metre", "per_m"),
    "each": ("piece", "each"),
}
WITH_MINIMUM = frozenset({"area", "metre"})


@dataclass
class RateDraft:
    """One band's figures where they stand, before money is settled.

    `rate` is what the price is for: per_m2, per_sqft, per_m or each. `lengths` are smallest sizes in millimetres;
    `unit` is the person's answer, empty where they gave none.
    """

    view: View
    key: str
    place: Place
    name: Name | None
    title: str
    rate: str
    rate_place: Place
    unit: str = ""
    minimum_place: Place | None = None
    lengths: dict[str, tuple[int, Place]] = field(default_factory=dict)
    units: list[AxisUnit] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def price_places(self) -> list[Place]:
        return [self.rate_place, *([self.minimum_place] if self.minimum_place else [])]


def finish_rate(draft: RateDraft, money: Money, name: Name | None, extra: list[Mark]) -> Rate:
    """The figures as the Catalogue names them."""
    kind, word = KINDS[draft.rate]
    lines, marks = read_prices(draft.view, [[place] for place in draft.price_places], money)
    price = lines[0][0]
    figures, places = {word: price or 0}, {word: draft.rate_place}
    if draft.rate == "per_sqft":
        figures[word], told = _converted(draft, money)
        marks.append(told)
    if draft.minimum_place and lines[1][0] is not None and kind in WITH_MINIMUM:
        figures["minimum_price"], places["minimum_price"] = lines[1][0], draft.minimum_place
    if kind == "area":
        figures |= {side: mm for side, (mm, _) in draft.lengths.items()}
        places |= {side: place for side, (_, place) in draft.lengths.items()}
    marks += _unused(draft, kind)
    if price is None:
        marks.append(
            Mark("unreadable", "error", draft.rate_place, {"written": draft.view.text(*draft.rate_place)[:60]})
        )
    found = (*extra, *draft.marks, *marks)
    band = name.band if name else None
    return Rate(draft.key, draft.view.number, band, kind, figures, places, draft.place[0], draft.title, found)


def _unused(draft: RateDraft, kind: str) -> list[Mark]:
    """Figures that this kind of price has no place for."""
    places = [draft.minimum_place] if draft.minimum_place and kind not in WITH_MINIMUM else []
    places += [place for _, place in draft.lengths.values()] if kind != "area" else []
    return [Mark("column_unused", "doubt", place, {"written": draft.view.text(*place)[:40]}) for place in places]


def _converted(draft: RateDraft, money: Money) -> tuple[int, Mark]:
    """A price per square foot as one per square metre, converted before it is rounded."""
    amount = draft.view.amount(*draft.rate_place)
    value = settle(amount.numeral, money.point)[0] if amount.numeral else Decimal(0)
    minor, _ = minor_units(value * SQUARE_FEET, money.currency)
    shown = f"{Decimal(minor).scaleb(-2):f}"
    return minor, Mark("rate_converted", "note", draft.rate_place, {"written": amount.written, "value": shown})


def read_minimum_size(draft: RateDraft, place: Place, head: str) -> None:
    """`1000 x 1800`: smaller sizes are priced as this width and drop."""
    text = draft.view.text(*place)
    if not text or draft.view.amount(*place).state == "not_offered":
        return
    pair = read_pair(text)
    if pair is None:
        draft.marks.append(Mark("rate_size", "doubt", place, {"written": text[:40]}))
        return
    for word, size in zip(("min_width", "min_drop"), pair, strict=True):
        _take_length(draft, word, size, place, head)


def read_minimum_length(draft: RateDraft, word: str, place: Place, head: str) -> None:
    """A smallest width or drop with a column of its own."""
    text = draft.view.text(*place)
    if not text or draft.view.amount(*place).state == "not_offered":
        return
    size = draft.view.size(*place)
    if size is None:
        draft.marks.append(Mark("rate_size", "doubt", place, {"written": text[:40]}))
        return
    _take_length(draft, word, size, place, head)


def _take_length(draft: RateDraft, word: str, size: Size, place: Place, head: str) -> None:
    settled = settle_unit([size], [head], draft.view.loose_words[:40], draft.unit)
    mm = whole_mm(size.value, size.unit or settled.unit)
    draft.lengths[word] = (mm, place)
    draft.units.append(settled)
    written = draft.view.text(*place)[:40]
    if not size.unit and not settled.certain and not 300 <= mm <= 5000:
        draft.marks.append(Mark("size_unit", "doubt", place, {"written": written, "mm": mm}))
    elif not 50 <= mm <= 20_000:
        draft.marks.append(Mark("size_absurd", "doubt", place, {"mm": mm}))
