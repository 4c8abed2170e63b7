"""What the chosen extras cost."""

from allonce.pricing.engine.arithmetic import percent
from allonce.pricing.engine.notes import add_error, add_step
from allonce.pricing.engine.primitives import times
from allonce.pricing.engine.tables import look_up, price_area, price_length
from allonce.pricing.types import Choices, Extra, Group, Pricing
from allonce.pricing.types.work import Chosen, Found, Work


def chosen_extras(groups: list[Group], choices: Choices) -> list[Chosen]:
    """The chosen extras in the catalogue's order, not yet priced."""
    result: list[Chosen] = []
    for group in groups:
        if group["id"] in choices:
            add_chosen(result, group, choices[group["id"]])
    return result


def add_chosen(result: list[Chosen], group: Group, chosen: dict[str, int]) -> None:
    """What is chosen in one group."""
    for extra in group["extras"]:
        if extra["id"] in chosen:
            result.append({"group": group, "extra": extra, "quantity": chosen[extra["id"]], "amount": 0})


def price_fixed_extras(work: Work) -> int:
    """Price all extras that are no percentage; returns what those of one piece come to."""
    piece = 0
    for chosen in work["chosen"]:
        if chosen["extra"]["pricing"]["method"] == "percent":
            continue
        chosen["amount"] = times(price_one(work, chosen["group"], chosen["extra"]), chosen["quantity"])
        if not is_per_line(chosen["extra"]):
            piece = piece + chosen["amount"]
            explain_extra(work, chosen, "extra")
    return piece


def price_percent_extras(work: Work, table_price: int, goods: int) -> int:
    """Price all percentages of their named bases; returns what they come to for one piece."""
    piece = 0
    for chosen in work["chosen"]:
        pricing = chosen["extra"]["pricing"]
        if pricing["method"] != "percent":
            continue
        base = table_price
        if pricing.get("base", "table") == "goods":
            base = goods
        chosen["amount"] = times(percent(base, pricing["bp"]), chosen["quantity"])
        piece = piece + chosen["amount"]
        explain_percent(work, chosen, base)
    return piece


def line_extras(work: Work) -> int:
    """What the extras that count once for the whole item come to."""
    total = 0
    for chosen in work["chosen"]:
        if is_per_line(chosen["extra"]):
            total = total + chosen["amount"]
            explain_extra(work, chosen, "line_extra")
    return total


def is_per_line(extra: Extra) -> bool:
    """Whether an extra counts once however many pieces; a percentage is always per piece."""
    return extra.get("per", "piece") == "line" and extra["pricing"]["method"] != "percent"


def price_one(work: Work, group: Group, extra: Extra) -> int:
    """The price of one such extra."""
    pricing = extra["pricing"]
    method = pricing["method"]
    if method == "fixed":
        return pricing["amount"]
    if method == "area":
        return price_area(pricing, work["priced_width"], work["priced_drop"], 0, 0)
    if method == "metre":
        return price_length(pricing, work["priced_width"], work["priced_drop"], work["making"])
    if method == "table":
        return price_from_table(work, group, extra, pricing)
    return 0


def price_from_table(work: Work, group: Group, extra: Extra, pricing: Pricing) -> int:
    """An extra with its own table; beyond it the extra is not offered."""
    tables = work["catalogue"]["tables"]
    answer: Found = {"price": 0, "width": 0, "drop": 0, "refusal": "table_missing"}
    if pricing["table"] in tables:
        answer = look_up(tables[pricing["table"]], work["priced_width"], work["priced_drop"], work["making"])
    if answer["refusal"] != "":
        params = {
            "group": group["name"],
            "extra": extra["name"],
            "width": work["priced_width"],
            "drop": work["priced_drop"],
        }
        add_error(work["problems"], "extra_not_offered", group["id"], params)
    return answer["price"]


def explain_extra(work: Work, chosen: Chosen, code: str) -> None:
    """An extra that costs nothing still shows that it was counted."""
    params = {
        "group": chosen["group"]["name"],
        "extra": chosen["extra"]["name"],
        "quantity": chosen["quantity"],
        "method": chosen["extra"]["pricing"]["method"],
    }
    add_step(work, code, params, chosen["amount"])


def explain_percent(work: Work, chosen: Chosen, base: int) -> None:
    """A percentage says of what."""
    pricing = chosen["extra"]["pricing"]
    params = {
        "group": chosen["group"]["name"],
        "extra": chosen["extra"]["name"],
        "quantity": chosen["quantity"],
        "bp": pricing["bp"],
        "base": pricing.get("base", "table"),
        "of": base,
    }
    add_step(work, "percent_extra", params, chosen["amount"])
