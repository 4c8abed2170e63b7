"""From the supplier's list price to the shop's selling price, and its rounding."""

from allonce.pricing.engine.arithmetic import divide_half_up, percent, share, up_to_multiple
from allonce.pricing.engine.notes import add_step
from allonce.pricing.engine.primitives import times
from allonce.pricing.types import Cost, MarkUp, Rounding
from allonce.pricing.types.work import Work

WHOLE = 100
SELLING: Cost = {"basis": "sell"}
NO_MARKUP: MarkUp = {"kind": "none"}
NO_ROUNDING: Rounding = {"kind": "none"}


def cost_rule(work: Work) -> Cost:
    """How this product's cost and selling price hang together."""
    return work["product"].get("cost", SELLING)


def supplier_cost(rule: Cost, list_price: int) -> int:
    """What the supplier charges for a list price."""
    return list_price - percent(list_price, rule.get("supplier_discount_bp", 0))


def selling_price(work: Work, rule: Cost, list_price: int) -> int:
    """The shop's price for a supplier's list price, each part explained."""
    discount_bp = rule.get("supplier_discount_bp", 0)
    cost = supplier_cost(rule, list_price)
    if discount_bp != 0:
        add_step(work, "supplier_discount", {"bp": discount_bp, "of": list_price}, cost - list_price)
    price = marked_up(work, rule, cost)
    if work["catalogue"]["settings"]["prices_include_tax"] and not rule.get("includes_tax", False):
        return with_tax(work, price)
    return price


def marked_up(work: Work, rule: Cost, cost: int) -> int:
    """Cost plus mark-up, or cost over one minus the margin."""
    markup = rule.get("markup", NO_MARKUP)
    bp = markup.get("bp", 0)
    if markup["kind"] == "markup":
        add_step(work, "markup", {"bp": bp, "of": cost}, percent(cost, bp))
        return cost + percent(cost, bp)
    if markup["kind"] == "margin" and bp < 10000:
        price = share(cost, 10000, 10000 - bp)
        add_step(work, "margin", {"bp": bp, "of": cost}, price - cost)
        return price
    return cost


def with_tax(work: Work, price: int) -> int:
    """A supplier's price without tax, raised to the catalogue's prices with tax."""
    bp = work["line"]["tax_bp"]
    tax = percent(price, bp)
    add_step(work, "tax_into_price", {"bp": bp, "of": price}, tax)
    return price + tax


def at_least(work: Work, price: int) -> int:
    """No piece below the product's minimum price, and none below nothing."""
    smallest = max(work["product"].get("minimum_price", 0), 0)
    if price >= smallest:
        return price
    add_step(work, "minimum_price", {"minimum": smallest}, smallest - price)
    return smallest


def rounded(work: Work, price: int) -> int:
    """The price of one piece as the shop likes to see it."""
    rule = work["product"].get("rounding", NO_ROUNDING)
    if rule["kind"] == "none" or price == 0:
        return price
    result = round_price(price, rule["kind"], rule.get("step", 1))
    if result != price:
        add_step(work, "rounding", {"kind": rule["kind"], "step": rule.get("step", 1), "to": result}, result - price)
    return result


def round_price(price: int, kind: str, step: int) -> int:
    """One named rounding of a positive price."""
    if kind == "to_95":
        return up_to_ending(price, 95)
    if kind == "to_99":
        return up_to_ending(price, 99)
    if kind == "whole":
        return to_nearest(price, WHOLE)
    if kind == "up_whole":
        return up_to_multiple(price, WHOLE)
    return round_to_step(price, kind, step)


def round_to_step(price: int, kind: str, step: int) -> int:
    """The roundings whose step the shop names."""
    if kind == "up_to" and step > 0:
        return up_to_multiple(price, step)
    if kind == "nearest" and step > 0:
        return to_nearest(price, step)
    return price


def to_nearest(price: int, step: int) -> int:
    """To the nearest multiple, halves up."""
    return times(divide_half_up(price, step), step)


def up_to_ending(price: int, ending: int) -> int:
    """The next amount, not below `price`, whose last two figures are `ending`."""
    return up_to_multiple(price - ending, WHOLE) + ending
