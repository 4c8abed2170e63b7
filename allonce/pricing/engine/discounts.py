"""The discount on a whole quote, its allocation to lines, and how much a User may give."""

from allonce.pricing.engine.arithmetic import (
    divide_up,
    hand_out,
    percent,
    share_down,
    share_remainder,
    split_by_weight,
)
from allonce.pricing.engine.notes import add_error
from allonce.pricing.engine.primitives import is_whole, times
from allonce.pricing.types import Discount, Line, Problem, Quote, Settings


def discountable(line: Line) -> int:
    """What a quote discount may lower: goods after the item's own discount, never fitting."""
    return line["goods"] - line["discount"]


def share_out_discount(lines: list[Line], discount: Discount | None, problems: list[Problem]) -> list[int]:
    """How much of the quote's discount each line carries; sums to the discount exactly."""
    weights = [discountable(line) for line in lines]
    if discount is None:
        return [0 for _ in weights]
    if discount["kind"] == "percent":
        return share_out_percent(weights, read_percent(discount.get("bp"), problems))
    return split_by_weight(read_amount(discount.get("amount"), sum(weights), problems), weights)


def share_out_percent(weights: list[int], bp: int) -> list[int]:
    """A percentage of the sum, rounded once and handed out by largest remainder."""
    shares = [share_down(weight, bp, 10000) for weight in weights]
    remainders = [share_remainder(weight, bp, 10000) for weight in weights]
    return hand_out(shares, remainders, percent(sum(weights), bp) - sum(shares))


def read_percent(given: object, problems: list[Problem]) -> int:
    """Basis points from 0 to 10,000, or 0 and a problem."""
    if is_whole(given) and given >= 0 and given <= 10000:
        return given
    add_error(problems, "discount_bad", "discount", {})
    return 0


def read_amount(given: object, most: int, problems: list[Problem]) -> int:
    """An amount from 0 to what the goods come to, or a problem."""
    if not is_whole(given) or given < 0:
        add_error(problems, "discount_bad", "discount", {})
        return 0
    if given > most:
        add_error(problems, "discount_over_goods", "discount", {"discount": given, "goods": most})
        return most
    return given


def check_discount_limit(lines: list[Line], quote: Quote, settings: Settings, problems: list[Problem]) -> None:
    """Neither one item nor the quote as a whole may go below what shop and User allow."""
    limit = min(settings.get("max_discount_bp", 10000), quote.get("max_discount_bp", 10000))
    for line in lines:
        if line["discount_bp"] > limit:
            params = {"limit_bp": limit, "given_bp": line["discount_bp"]}
            problems.append(
                {
                    "code": "discount_over_limit",
                    "severity": "error",
                    "field": "discount_bp",
                    "params": params,
                    "item": line["id"],
                }
            )
    check_whole_discount(lines, limit, problems)


def check_whole_discount(lines: list[Line], limit: int, problems: list[Problem]) -> None:
    """All discounts together; a penny a line is left for rounding."""
    goods = sum([line["goods"] for line in lines])
    given = sum([line["discount"] + line["quote_discount"] for line in lines])
    if given > percent(goods, limit) + len(lines):
        params = {"limit_bp": limit, "given_bp": share_of(given, goods)}
        add_error(problems, "discount_over_limit", "discount", params)


def share_of(part: int, whole: int) -> int:
    """`part` in basis points of `whole`, upwards."""
    return divide_up(times(part, 10000), whole)
