"""One side of a table: its sizes in millimetres, with a mark on each that is not plain."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from allonce.products.catalogue.importing.finding.units import AxisUnit
from allonce.products.catalogue.importing.finding.view import View
from allonce.products.catalogue.importing.proposal import Mark, Params
from allonce.products.catalogue.importing.sheet import Place
from allonce.products.catalogue.importing.sizes import IN_MM, Size, whole_mm

_SMALLEST_MM, _LARGEST_MM = 50, 15_000


@dataclass
class Axis:
    """Sizes in the order in which they stand, and what is doubtful about them.

    `counted`: `mm` are numbers of widths of fabric. `left_out`: indexes that the table does not take over.
    """

    places: list[Place]
    sizes: list[Size]
    unit: AxisUnit
    mm: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    counted: bool = False
    left_out: set[int] = field(default_factory=set)

    @cached_property
    def units_used(self) -> Counter[str]:
        return Counter(size.unit or self.unit.unit for size in self.sizes)

    @property
    def rising(self) -> bool:
        return sum(after > before for before, after in zip(self.mm, self.mm[1:], strict=False)) * 2 >= len(self.mm) - 1


def read_axis(view: View, places: list[Place], unit: AxisUnit, twins: list[Place] | None = None) -> Axis:
    """Turns one side into millimetres. `twins`: the same sizes in another unit, place by place."""
    sizes = [size for place in places if (size := view.size(*place))]
    axis = measure(view, places, sizes, unit)
    if twins:
        _take_twins(view, axis, twins)
    mark_order(view, axis)
    return axis


def measure(view: View, places: list[Place], sizes: list[Size], unit: AxisUnit) -> Axis:
    """Millimetres and marks for sizes wherever they stand, in no order."""
    axis = Axis(places, sizes, unit)
    as_decimal = _reads_decimal(sizes, unit)
    for index, (place, size) in enumerate(zip(places, sizes, strict=True)):
        axis.mm.append(_millimetres(size, unit, as_decimal=as_decimal))
        _mark_reading(view, axis, index, place)
    return axis


def _reads_decimal(sizes: list[Size], unit: AxisUnit) -> bool:
    """Whether `1.200` on this side is 1.2: it is beside 0.600, or the sizes are in metres."""
    sure = [size.value for size in sizes if size.other is None and size.value > 0]
    if unit.unit == "m":
        return True
    return bool(sure) and max(sure) < 20 and any(value != value.to_integral_value() for value in sure)


def _millimetres(size: Size, unit: AxisUnit, *, as_decimal: bool) -> int:
    value = size.other if as_decimal and size.other is not None else size.value
    own = size.unit or unit.unit
    if size.twin and own != "mm" and size.twin[1] == "mm":
        return whole_mm(size.twin[0], "mm")
    return whole_mm(value, own)


def _mark_reading(view: View, axis: Axis, index: int, place: Place) -> None:
    size, mm = axis.sizes[index], axis.mm[index]
    params: Params = {"written": view.text(*place), "mm": mm}
    if not size.unit and not axis.unit.certain and size.value > 0:
        axis.marks.append(Mark("size_unit", "doubt", place, params))
    if size.other is not None and not size.unit and not axis.unit.certain:
        axis.marks.append(Mark("size_two_readings", "doubt", place, params))
    if size.unit and _differs(axis, size):
        axis.marks.append(Mark("size_odd_unit", "doubt", place, params))
    if mm and not _SMALLEST_MM <= mm <= _LARGEST_MM:
        axis.marks.append(Mark("size_absurd", "doubt", place, params))
    if size.twin and not _agree(mm, size, axis.unit):
        axis.marks.append(Mark("size_units_differ", "doubt", place, params))


def _differs(axis: Axis, size: Size) -> bool:
    return axis.units_used[size.unit] * 2 < len(axis.sizes)


def _agree(mm: int, size: Size, unit: AxisUnit) -> bool:
    assert size.twin
    told = [whole_mm(size.value, size.unit or unit.unit)]
    told.append(whole_mm(size.twin[0], size.twin[1] or unit.unit))
    return all(abs(one - mm) <= max(13, mm // 50) for one in told)


def _take_twins(view: View, axis: Axis, twins: list[Place]) -> None:
    """Millimetres win over their rounding in inches; a pair that disagrees is marked."""
    other = [view.size(*place) for place in twins]
    ratio = _ratio(axis.sizes, other)
    if ratio is None:
        return
    if ratio > Decimal("1.1"):  # the twin has the larger figures, so it is in the smaller and finer unit
        unit = _finer(axis, ratio)
        axis.mm = [whole_mm(size.value, size.unit or unit) for size in other if size]
        axis.unit = AxisUnit(unit, "cells", certain=True)
        axis.marks = []
    elif ratio < Decimal("0.9") and axis.unit.unit == "mm":
        axis.marks = [mark for mark in axis.marks if mark.code != "size_unit"]
        axis.unit = AxisUnit("mm", "cells", certain=True)


def _ratio(sizes: list[Size], other: list[Size | None]) -> Decimal | None:
    pairs = [(one.value, two.value) for one, two in zip(sizes, other, strict=True) if two and one.value > 0]
    return pairs[-1][1] / pairs[-1][0] if len(pairs) >= 2 else None


def _finer(axis: Axis, ratio: Decimal) -> str:
    """The unit of which `ratio` make one of this side's; 25 mm an inch, 10 mm a centimetre."""
    if ratio > 20 or axis.unit.unit == "cm":
        return "mm" if ratio < 150 or axis.unit.unit != "m" else _of_metre(ratio)
    return (
        "mm" if abs(ratio - 10) < 1 else min(IN_MM, key=lambda unit: abs(IN_MM[axis.unit.unit] / IN_MM[unit] - ratio))
    )


def _of_metre(ratio: Decimal) -> str:
    return "mm" if ratio > 500 else "cm"


def mark_order(view: View, axis: Axis) -> None:
    """Marks sizes that do not go on from the one before."""
    rising = axis.rising
    for index in range(1, len(axis.mm)):
        before, after = axis.mm[index - 1], axis.mm[index]
        place = axis.places[index]
        params: Params = {"written": view.text(*place), "mm": after}
        if after == before or (after > before) != rising:
            code = "size_twice" if after == before else "size_order"
            axis.marks.append(Mark(code, "error", place, params))
        elif rising and _leaves_gap(axis, index):
            axis.marks.append(Mark("size_gap", "doubt", place, params))


def _leaves_gap(axis: Axis, index: int) -> bool:
    """`601-800` after `up to 600` fits; `701-800` does not."""
    size = axis.sizes[index]
    if size.low is None:
        return False
    low = whole_mm(size.low, size.unit or axis.unit.unit)
    step = whole_mm(Decimal(1), size.unit or axis.unit.unit) + 1
    return not axis.mm[index - 1] - step <= low <= axis.mm[index - 1] + step
