"""Sizes and quantities as people give them: checked, limited, adjusted. All in millimetres."""

from typing import Any

from allonce.pricing.engine.arithmetic import percent, up_to_multiple
from allonce.pricing.engine.notes import add_error, add_step, add_warning
from allonce.pricing.engine.primitives import is_whole, times
from allonce.pricing.types import Limits, Problem, Product, Range
from allonce.pricing.types.work import Work

LARGEST_SIZE = 50000
LARGEST_QUANTITY = 10000
MIN_FIELD = {"width": "min_width", "drop": "min_drop"}
MAX_FIELD = {"width": "max_width", "drop": "max_drop"}
RECESS_FIELD = {"width": "recess_width", "drop": "recess_drop"}


def needs_width(product: Product) -> bool:
    """Whether this product cannot be priced without a width."""
    return product["method"] != "piece"


def needs_drop(product: Product) -> bool:
    """Whether this product cannot be priced without a drop."""
    return product["method"] != "piece" and product["method"] != "width"


def read_size(value: Any, dimension: str, needed: bool, problems: list[Problem]) -> int:
    """A usable size, or 0 and a problem that says what is wrong with it."""
    if not is_whole(value):
        return refuse_unreadable_size(value, dimension, needed, problems)
    size = value
    if size == 0 and needed:
        add_error(problems, "size_missing", dimension, {"dimension": dimension})
    if size < 0:
        add_error(problems, "size_negative", dimension, {"dimension": dimension, "size": size})
        return 0
    if size > LARGEST_SIZE:
        add_error(problems, "size_absurd", dimension, {"dimension": dimension, "size": size, "limit": LARGEST_SIZE})
        return 0
    return size


def refuse_unreadable_size(value: Any, dimension: str, needed: bool, problems: list[Problem]) -> int:
    """Tell a size not given from one that is no whole number."""
    if value is not None:
        add_error(problems, "size_not_whole", dimension, {"dimension": dimension})
        return 0
    if needed:
        add_error(problems, "size_missing", dimension, {"dimension": dimension})
    return 0


def read_quantity(value: Any, problems: list[Problem]) -> int:
    """How many pieces; 1 and a problem where that cannot be."""
    if is_whole(value) and value >= 1 and value <= LARGEST_QUANTITY:
        return value
    add_error(problems, "quantity_bad", "quantity", {"most": LARGEST_QUANTITY})
    return 1


def read_discount_bp(value: Any, problems: list[Problem]) -> int:
    """An item's discount; 0 and a problem outside 0 to 100 %."""
    if is_whole(value) and value >= 0 and value <= 10000:
        return value
    add_error(problems, "discount_bad", "discount_bp", {})
    return 0


def check_limits(work: Work, limits: Limits | Range, scope: str, severity: str) -> None:
    """Hold the measured size against the limits of a range or a product; unknown sizes are not judged.

    A range's limits warn; a product's refuse unless the shop chose to warn.
    """
    if len(limits) == 0:
        return
    for problem in exceeded(work, limits, scope):
        if severity == "warning":
            add_warning(work["problems"], problem["code"], problem["field"], problem["params"])
        else:
            add_error(work["problems"], problem["code"], problem["field"], problem["params"])


def exceeded(work: Work, limits: Limits | Range, scope: str) -> list[Problem]:
    """Every limit that the size does not keep."""
    problems: list[Problem] = []
    judge_size(problems, limits, scope, "width", work["width"])
    judge_size(problems, limits, scope, "drop", work["drop"])
    largest = limits.get("max_area", 0)
    area = times(work["width"], work["drop"])
    if largest > 0 and area > largest:
        add_error(problems, "too_large_area", "width", {"scope": scope, "area": area, "area_limit": largest})
    return problems


def judge_size(problems: list[Problem], limits: Any, scope: str, dimension: str, size: int) -> None:
    """One dimension against its two limits; 0 means no limit, or no size yet."""
    smallest: int = limits.get(MIN_FIELD[dimension], 0)
    largest: int = limits.get(MAX_FIELD[dimension], 0)
    if size > 0 and smallest > 0 and size < smallest:
        params = {"scope": scope, "dimension": dimension, "size": size, "limit": smallest}
        add_error(problems, "too_small", dimension, params)
    if largest > 0 and size > largest:
        params = {"scope": scope, "dimension": dimension, "size": size, "limit": largest}
        add_error(problems, "too_large", dimension, params)


def adjust_size(work: Work) -> None:
    """Add frame and deductions before any look-up; leaves `priced_width` and `priced_drop`."""
    added_width = product_adjustment(work, "width")
    added_drop = product_adjustment(work, "drop")
    for chosen in work["chosen"]:
        size_add = chosen["extra"].get("size_add", {})
        added_width = added_width + size_add.get("width", 0)
        added_drop = added_drop + size_add.get("drop", 0)
    work["priced_width"] = adjusted(work, "width", work["width"], added_width)
    work["priced_drop"] = adjusted(work, "drop", work["drop"], added_drop)
    if added_width != 0 or added_drop != 0:
        params = {
            "width": work["priced_width"],
            "drop": work["priced_drop"],
            "added_width": added_width,
            "added_drop": added_drop,
        }
        add_step(work, "size_adjusted", params, 0)


def product_adjustment(work: Work, dimension: str) -> int:
    """What the product itself adds to one dimension."""
    adjust: Any = work["product"].get("adjust", {})
    added: int = adjust.get(dimension, 0)
    if work["line"]["mount"] == "recess":
        recess: int = adjust.get(RECESS_FIELD[dimension], 0)
        return added + recess
    return added


def adjusted(work: Work, dimension: str, size: int, added: int) -> int:
    """The size to look up; a size that was not given stays 0."""
    if size == 0:
        return 0
    if size + added < 1:
        params = {"dimension": dimension, "size": size + added}
        add_error(work["problems"], "size_too_small_adjusted", dimension, params)
        return 1
    return size + added


def area_to_price(width: int, drop: int, min_width: int, min_drop: int) -> int:
    """Square millimetres to charge: a smaller size is priced as the minimum size."""
    return times(max(width, min_width), max(drop, min_drop))


def with_waste(area: int, waste_bp: int, pack: int) -> int:
    """Square millimetres to buy: waste added, then up to whole packs."""
    needed = area + percent(area, waste_bp)
    if pack <= 0:
        return needed
    return up_to_multiple(needed, pack)
