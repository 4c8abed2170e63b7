"""One item priced, up to but without tax and quote discount (see `taxes` and `quote`)."""

from typing import Any

from allonce.pricing.engine.arithmetic import percent
from allonce.pricing.engine.choices import judge_choices, read_choices, settle_choices
from allonce.pricing.engine.curtains import work_out_curtain
from allonce.pricing.engine.extras import (
    chosen_extras,
    is_per_line,
    line_extras,
    price_fixed_extras,
    price_percent_extras,
)
from allonce.pricing.engine.notes import add_error, add_step, add_warning, has_errors
from allonce.pricing.engine.primitives import checked, times
from allonce.pricing.engine.selling import at_least, cost_rule, rounded, selling_price, supplier_cost
from allonce.pricing.engine.sizes import adjust_size, check_limits
from allonce.pricing.engine.start import find_product, start_work
from allonce.pricing.engine.tables import look_up
from allonce.pricing.types import Catalogue, Cost, Item, ItemFitting, Line, PricedExtra
from allonce.pricing.types.work import Chosen, Found, Work

NO_FITTING: ItemFitting = {"kind": "none"}


def price_before_tax(catalogue: Catalogue, item: Item, date: str, explain: bool) -> Line:
    """Everything about one item but tax; `ok` is false where it has no price."""
    work = start_work(catalogue, item, date, explain)
    if not find_product(work):
        return finish_line(work)
    given = read_choices(item.get("choices", {}), work["product"]["extras"], work["problems"])
    work["choices"] = given
    judge_choices(work, given, settle_choices(work))
    check_all_limits(work)
    work["chosen"] = chosen_extras(work["product"]["extras"], work["choices"])
    if not has_errors(work["problems"]):
        measure_and_price(work)
    return finish_line(work)


def check_all_limits(work: Work) -> None:
    """A range's limits and age warn; a product's limits refuse, or warn if the shop says so."""
    row = work["row"]
    check_limits(work, row, "range", "warning")
    limits = work["product"].get("limits", {})
    check_limits(work, limits, "product", limits.get("severity", "error"))
    if row.get("discontinued", False) is True:
        add_warning(work["problems"], "discontinued", "range", {"range": work["line"]["range"]})


def measure_and_price(work: Work) -> None:
    """Size, fabric, table, extras, discount, fitting: in this order."""
    adjust_size(work)
    work_out_curtain(work)
    answer = look_up_main(work)
    if has_errors(work["problems"]):
        return
    price_piece(work, answer["price"])
    if not has_errors(work["problems"]):
        price_pieces(work)


def look_up_main(work: Work) -> Found:
    """The main price of one piece, with the problem where there is none."""
    table = work["catalogue"]["tables"][work["band"]["table"]]
    answer = look_up(table, work["priced_width"], work["priced_drop"], work["making"])
    work["line"]["table_width"] = answer["width"]
    work["line"]["table_drop"] = answer["drop"]
    params = {
        "band": work["band"]["name"],
        "kind": table["kind"],
        "width": work["priced_width"],
        "drop": work["priced_drop"],
        "table_width": answer["width"],
        "table_drop": answer["drop"],
    }
    if answer["refusal"] != "":
        refuse_size(work, answer, params)
        return answer
    add_step(work, "table", params, answer["price"])
    return answer


def refuse_size(work: Work, answer: Found, params: dict[str, Any]) -> None:
    """Beyond the table, or on application: not offered."""
    field = "width"
    if answer["refusal"] == "table_too_long":
        field = "drop"
    add_error(work["problems"], answer["refusal"], field, params)


def price_piece(work: Work, table_price: int) -> None:
    """One piece: table, extras, mark-up, minimum, rounding; leaves `unit` and `cost`."""
    rule = cost_rule(work)
    base = table_price
    if rule["basis"] == "cost" and rule.get("extras", "sell") == "sell":
        base = selling_price(work, rule, table_price)
    goods = base + price_fixed_extras(work)
    listed = goods + price_percent_extras(work, base, goods)
    price = listed
    if rule["basis"] == "cost" and rule.get("extras", "sell") == "cost":
        price = selling_price(work, rule, listed)
    work["line"]["unit"] = rounded(work, at_least(work, price))
    work["line"]["cost"] = supplier_cost(rule, cost_base(rule, table_price, listed))


def cost_base(rule: Cost, table_price: int, listed: int) -> int:
    """The list price on which the supplier's cost is reckoned."""
    if rule.get("extras", "sell") == "cost":
        return listed
    return table_price


def price_pieces(work: Work) -> None:
    """All pieces of the item, its discount and its fitting; leaves `amount`."""
    line = work["line"]
    quantity = work["quantity"]
    add_step(work, "quantity", {"quantity": quantity, "unit": line["unit"]}, times(line["unit"], quantity - 1))
    line["goods"] = checked(times(line["unit"], quantity) + price_line_extras(work))
    line["cost"] = times(line["cost"], quantity) + line_extras_cost(work)
    line["discount"] = percent(line["goods"], line["discount_bp"])
    if line["discount"] != 0:
        add_step(work, "discount", {"bp": line["discount_bp"], "of": line["goods"]}, -line["discount"])
    line["fitting"] = price_fitting(work)
    line["amount"] = checked(line["goods"] - line["discount"] + line["fitting"])


def price_line_extras(work: Work) -> int:
    """Extras that count once for the item; marked up where extras are the supplier's."""
    listed = line_extras(work)
    rule = cost_rule(work)
    if rule["basis"] == "cost" and rule.get("extras", "sell") == "cost" and listed != 0:
        return selling_price(work, rule, listed)
    return listed


def line_extras_cost(work: Work) -> int:
    """What the supplier charges for extras that count once."""
    rule = cost_rule(work)
    if rule.get("extras", "sell") != "cost":
        return 0
    total = 0
    for chosen in work["chosen"]:
        if is_per_line(chosen["extra"]):
            total = total + chosen["amount"]
    return supplier_cost(rule, total)


def price_fitting(work: Work) -> int:
    """The product's fitting charge; never discounted."""
    fitting = work["product"].get("fitting", NO_FITTING)
    amount = fitting.get("amount", 0)
    if fitting["kind"] == "none" or amount == 0:
        return 0
    if fitting["kind"] == "each":
        amount = times(amount, work["quantity"])
    add_step(work, "fitting", {"kind": fitting["kind"], "quantity": work["quantity"]}, amount)
    return amount


def finish_line(work: Work) -> Line:
    """Everything found, and no money at all where an error was."""
    line = work["line"]
    line["priced_width"] = work["priced_width"]
    line["priced_drop"] = work["priced_drop"]
    line["making"] = work["making"]
    line["choices"] = work["choices"]
    line["problems"] = work["problems"]
    line["ok"] = not has_errors(work["problems"])
    if not line["ok"]:
        return without_money(line)
    line["extras"] = [priced_extra(chosen, work["quantity"]) for chosen in work["chosen"]]
    line["steps"] = work["steps"]
    return line


def without_money(line: Line) -> Line:
    """A line that has no price is worth nothing, not something half reckoned."""
    for field in ["unit", "goods", "discount", "quote_discount", "fitting", "amount", "cost"]:
        clear_amount(line, field)
    return line


def clear_amount(line: Any, field: str) -> None:
    """Set one amount of a line to 0."""
    line[field] = 0


def priced_extra(chosen: Chosen, pieces: int) -> PricedExtra:
    """One chosen extra as documents show it, for the whole item."""
    amount = chosen["amount"]
    if not is_per_line(chosen["extra"]):
        amount = times(amount, pieces)
    return {
        "group": chosen["group"]["id"],
        "group_name": chosen["group"]["name"],
        "extra": chosen["extra"]["id"],
        "extra_name": chosen["extra"]["name"],
        "quantity": chosen["quantity"],
        "amount": amount,
    }
