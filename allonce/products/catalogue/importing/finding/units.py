"""What unit the sizes along one side are in, and how sure that is."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from allonce.products.catalogue.importing.sizes import Size, in_mm
from allonce.products.catalogue.importing.words import says_drop, says_width, unit_in, units_named

ASKED = ("mm", "cm", "m", "in")


@dataclass(frozen=True)
class AxisUnit:
    """The unit for cells that name none. `why` is a key of the reasons."""

    unit: str
    why: str
    certain: bool
    written: str = ""


def settle_unit(sizes: list[Size], near: list[str], titles: list[str], answer: str) -> AxisUnit:
    """The unit of one side: from its cells, from words near it, from the sheet's titles, else from plausibility."""
    explicit = {size.unit for size in sizes if size.unit}
    if len(explicit) == 1 and all(size.unit or size.value == 0 for size in sizes):
        return AxisUnit(explicit.pop(), "cells", certain=True)
    if all(size.value == 0 for size in sizes):
        return AxisUnit("mm", "plausible", certain=True)  # nothing is nothing in every unit
    if answer:
        return AxisUnit(answer, "answered", certain=True)
    for texts, find in ((near, _near_unit), (titles, units_named)):
        told = _told(sizes, texts, find)
        if told:
            return told
    return _from_some_cells(sizes) or _plausible(sizes)


def label_for(corner: str, *, width: bool) -> str:
    """The part of a corner such as `Drop mm / Width cm` that speaks of one side; all of it where it is not split."""
    for sign in ("\\", "/", "|"):
        parts = corner.split(sign)
        if len(parts) == 2 and all(unit_in(part) for part in parts):
            says = says_width if width else says_drop
            return next((part for part in parts if says(part)), corner)
    return corner


def plausible_units(sizes: list[Size]) -> list[str]:
    """Units in which the bare figures are sizes of things that are made to measure."""
    return [unit for unit in ASKED if (values := _bare(sizes, unit)) and _fits(min(values), max(values), unit)]


def _bare(sizes: list[Size], unit: str) -> list[Decimal]:
    """Figures without a unit; `1.200` is 1.2 where they are metres."""
    found = [size.other if unit == "m" and size.other is not None else size.value for size in sizes if not size.unit]
    return [value for value in found if value > 0]


def _fits(least: Decimal, most: Decimal, unit: str) -> bool:
    return 150 <= in_mm(least, unit) <= 3000 and 400 <= in_mm(most, unit) <= 8000


def _near_unit(text: str) -> list[str]:
    if len(text) > 60:
        return units_named(text)
    unit = unit_in(text.replace("'s", "s"))
    return [unit] if unit else []


def _told(sizes: list[Size], texts: list[str], find: Callable[[str], list[str]]) -> AxisUnit | None:
    for text in texts:
        named = find(text)
        if not named:
            continue
        likely = [unit for unit in named if unit in plausible_units(sizes)] or named
        certain = len(likely) == 1 and _is_possible(sizes, likely[0])
        return AxisUnit(likely[0], "heading", certain, text[:80])
    return None


def _is_possible(sizes: list[Size], unit: str) -> bool:
    """Looser than plausible: words outweigh habit, but not absurdity."""
    values = [in_mm(value, unit) for value in _bare(sizes, unit)]
    return not values or (min(values) >= 50 and 200 <= max(values) <= 15_000)


def _from_some_cells(sizes: list[Size]) -> AxisUnit | None:
    """Some cells name a unit and the others none: the same unit, if it keeps the order."""
    explicit = {size.unit for size in sizes if size.unit}
    if len(explicit) != 1:
        return None
    unit = explicit.pop()
    values = [size.value for size in sizes]
    rising = all(before < after for before, after in pairwise(values))
    return AxisUnit(unit, "cells", certain=rising)


def _plausible(sizes: list[Size]) -> AxisUnit:
    """Millimetres fit no figures that another unit fits, so they are sure; other units ask."""
    fitting = plausible_units(sizes)
    if fitting == ["mm"]:
        return AxisUnit("mm", "plausible", certain=True)
    if not fitting:
        return AxisUnit("mm", "unsaid", certain=False)
    return AxisUnit(_likelier(fitting, sizes), "plausible", certain=False)


def _likelier(fitting: list[str], sizes: list[Size]) -> str:
    """Inches come in twelves and sixes, centimetres in tens and fives."""
    values = [size.value for size in sizes]
    sixes = sum(value % 6 == 0 for value in values)
    tens = sum(value % 10 == 0 for value in values)
    if {"cm", "in"} <= set(fitting) and sixes > tens:
        return "in"
    return next(unit for unit in ("mm", "cm", "m", "in") if unit in fitting)
