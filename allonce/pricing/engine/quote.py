"""The prices that callers ask for: one line, or a whole quote."""

from typing import Literal

from allonce.pricing.engine.arithmetic import percent
from allonce.pricing.engine.discounts import check_discount_limit, discountable, share_out_discount
from allonce.pricing.engine.line import price_before_tax
from allonce.pricing.engine.notes import add_error, add_warning, has_errors
from allonce.pricing.engine.primitives import checked, is_whole
from allonce.pricing.engine.taxes import rate_on, tax_entries, tax_group
from allonce.pricing.types import (
    Catalogue,
    Charge,
    Deposit,
    Item,
    Line,
    Problem,
    Quote,
    QuoteResult,
    Step,
    TaxTotal,
)
from allonce.pricing.types.work import Entry, Till


def price_line(catalogue: Catalogue, item: Item, date: str, explain: bool = True) -> Line:
    """Price one item by itself, tax included in `total`. Problems say why there is no price.

    `explain=False` leaves `steps` empty and is quicker; all else is the same.
    Raises OverflowError beyond 2^53 - 1 minor units.
    """
    line = price_before_tax(catalogue, item, date, explain)
    if line["ok"]:
        tax_group([line], catalogue["settings"])
        explain_tax(line, catalogue["settings"]["prices_include_tax"], explain)
    return line


def price_quote(catalogue: Catalogue, quote: Quote, explain: bool = True) -> QuoteResult:
    """Price all items of a quote with its discount, charges, tax by rate, and deposit.

    Sums of lines and charges equal the totals to the penny. Lines without a price count 0.
    """
    lines = [price_before_tax(catalogue, item, quote["date"], explain) for item in quote["items"]]
    till: Till = {
        "catalogue": catalogue,
        "quote": quote,
        "lines": lines,
        "priced": [line for line in lines if line["ok"]],
        "charges": [],
        "problems": [],
    }
    discount_lines(till, explain)
    check_discount_limit(till["priced"], quote, catalogue["settings"], till["problems"])
    list_charges(till)
    taxes = tax_entries(list_entries(till), catalogue["settings"])
    for line in till["priced"]:
        explain_tax(line, catalogue["settings"]["prices_include_tax"], explain)
    for line in lines:
        collect_problems(line, till["problems"])
    return add_up(till, taxes, explain)


def discount_lines(till: Till, explain: bool) -> None:
    """Take the quote's discount off the lines."""
    priced = till["priced"]
    shares = share_out_discount(priced, till["quote"].get("discount"), till["problems"])
    for index in range(len(priced)):
        line = priced[index]
        line["quote_discount"] = shares[index]
        line["amount"] = line["amount"] - shares[index]
        if explain and shares[index] != 0:
            line["steps"].append({"code": "quote_discount", "params": {}, "amount": -shares[index]})


def explain_tax(line: Line, included: bool, explain: bool) -> None:
    """Tax as the last step: on top, or as information where prices hold it already."""
    if not explain:
        return
    params = {"key": line["tax_key"], "bp": line["tax_bp"], "tax": line["tax"], "net": line["net"]}
    if included:
        line["steps"].append({"code": "tax_included", "params": params, "amount": 0})
    else:
        line["steps"].append({"code": "tax_added", "params": params, "amount": line["tax"]})


def collect_problems(line: Line, problems: list[Problem]) -> None:
    """A line's problems among the quote's, with the item's id."""
    for problem in line["problems"]:
        problems.append(
            {
                "code": problem["code"],
                "severity": problem["severity"],
                "field": problem["field"],
                "params": problem["params"],
                "item": line["id"],
            }
        )


def list_charges(till: Till) -> None:
    """What a quote costs beside its items: fitting once, and up to the minimum order."""
    if len(till["priced"]) == 0:
        return
    fitting = till["catalogue"]["settings"].get("fitting")
    if fitting is not None and fitting["amount"] > 0:
        add_charge(till, "fitting", fitting["amount"], fitting["tax"])
    add_minimum_charge(till)


def add_minimum_charge(till: Till) -> None:
    """Below the minimum order the shop charges the difference, refuses, or leaves it to the person after a warning."""
    rule = till["catalogue"]["settings"].get("minimum_order")
    if rule is None:
        return
    goods = sum([discountable(line) - line["quote_discount"] for line in till["priced"]])
    missing = rule["amount"] - goods
    if missing <= 0:
        return
    if rule["action"] == "charge":
        add_charge(till, "minimum_charge", missing, rule.get("tax", "standard"))
        return
    if rule["action"] == "refuse":
        small = {"kind": "refuse", "minimum": rule["amount"], "goods": goods}
        add_error(till["problems"], "below_minimum_order", "items", small)
        return
    params = {"minimum": rule["amount"], "goods": goods}
    add_warning(till["problems"], "below_minimum_order", "items", params)


def add_charge(till: Till, code: Literal["fitting", "minimum_charge"], amount: int, tax_key: str) -> None:
    """One charge with its own tax rate."""
    date = till["quote"]["date"]
    bp = rate_on(till["catalogue"]["tax_rates"], tax_key, date)
    if bp is None:
        add_error(till["problems"], "tax_rate_missing", "settings", {"key": tax_key, "date": date})
        return
    charge: Charge = {
        "code": code,
        "amount": amount,
        "tax_key": tax_key,
        "tax_bp": bp,
        "net": 0,
        "tax": 0,
        "total": 0,
    }
    till["charges"].append(charge)


def list_entries(till: Till) -> list[Entry]:
    """All that is taxed."""
    entries: list[Entry] = []
    entries.extend(till["priced"])
    entries.extend(till["charges"])
    return entries


def charge_of(charges: list[Charge], code: str) -> int:
    """The amount of one kind of charge, in the price basis."""
    return sum([charge["amount"] for charge in charges if charge["code"] == code])


def add_up(till: Till, taxes: list[TaxTotal], explain: bool) -> QuoteResult:
    """The totals; each is a sum of what stands above it."""
    settings = till["catalogue"]["settings"]
    result = empty_result(till, taxes)
    add_up_lines(result)
    add_up_taxes(result)
    result["deposit"] = work_out_deposit(
        result["total"], till["quote"].get("deposit"), settings.get("deposit"), till["problems"]
    )
    result["balance"] = result["total"] - result["deposit"]
    result["ok"] = not has_errors(till["problems"])
    if explain:
        result["steps"] = quote_steps(result)
    return result


def empty_result(till: Till, taxes: list[TaxTotal]) -> QuoteResult:
    """All parts of the answer, not yet added up."""
    settings = till["catalogue"]["settings"]
    return {
        "ok": False,
        "currency": till["catalogue"]["currency"],
        "date": till["quote"]["date"],
        "prices_include_tax": settings["prices_include_tax"],
        "lines": till["lines"],
        "charges": till["charges"],
        "goods": 0,
        "item_discounts": 0,
        "quote_discount": 0,
        "fitting": 0,
        "minimum_charge": 0,
        "subtotal": 0,
        "taxes": taxes,
        "net": 0,
        "tax": 0,
        "total": 0,
        "deposit": 0,
        "balance": 0,
        "cost": 0,
        "valid_days": settings.get("validity_days", 30),
        "steps": [],
        "problems": till["problems"],
    }


def add_up_lines(result: QuoteResult) -> None:
    """Goods, discounts and charges, in the price basis."""
    lines = result["lines"]
    fitting = charge_of(result["charges"], "fitting")
    result["goods"] = checked(sum([line["goods"] for line in lines]))
    result["item_discounts"] = checked(sum([line["discount"] for line in lines]))
    result["quote_discount"] = checked(sum([line["quote_discount"] for line in lines]))
    result["fitting"] = checked(sum([line["fitting"] for line in lines]) + fitting)
    result["minimum_charge"] = charge_of(result["charges"], "minimum_charge")
    result["cost"] = checked(sum([line["cost"] for line in lines]))


def add_up_taxes(result: QuoteResult) -> None:
    """Net, tax and total over all rates; the subtotal is whichever the prices are."""
    result["net"] = checked(sum([tax["net"] for tax in result["taxes"]]))
    result["tax"] = checked(sum([tax["tax"] for tax in result["taxes"]]))
    result["total"] = checked(sum([tax["total"] for tax in result["taxes"]]))
    result["subtotal"] = result["net"]
    if result["prices_include_tax"]:
        result["subtotal"] = result["total"]


def quote_steps(result: QuoteResult) -> list[Step]:
    """How the total comes about, in the order a document shows it."""
    discounted = result["goods"] - result["item_discounts"] - result["quote_discount"]
    least = {"goods": discounted, "minimum": discounted + result["minimum_charge"]}
    steps: list[Step] = [
        {"code": "goods", "params": {}, "amount": result["goods"]},
        {"code": "item_discounts", "params": {}, "amount": -result["item_discounts"]},
        {"code": "quote_discount", "params": {}, "amount": -result["quote_discount"]},
        {"code": "fitting_total", "params": {}, "amount": result["fitting"]},
        {"code": "minimum_charge", "params": least, "amount": result["minimum_charge"]},
    ]
    for tax in result["taxes"]:
        steps.append(tax_step(tax, result["prices_include_tax"]))
    return [step for step in steps if step["amount"] != 0 or step["code"] == "tax_included"]


def tax_step(tax: TaxTotal, included: bool) -> Step:
    """The tax of one rate, on top or for information."""
    params = {"key": tax["key"], "bp": tax["bp"], "tax": tax["tax"], "net": tax["net"]}
    if included:
        return {"code": "tax_included", "params": params, "amount": 0}
    return {"code": "tax_added", "params": params, "amount": tax["tax"]}


def work_out_deposit(total: int, asked: Deposit | None, rule: Deposit | None, problems: list[Problem]) -> int:
    """The deposit that was asked for, or else the shop's rule; never more than the total."""
    deposit = asked
    if deposit is None:
        deposit = rule
    if deposit is None or deposit["kind"] == "none":
        return 0
    bp = deposit.get("bp", 0)
    if deposit["kind"] == "percent" and is_whole(bp) and bp >= 0 and bp <= 10000:
        return percent(total, bp)
    amount = deposit.get("amount", 0)
    if deposit["kind"] == "amount" and is_whole(amount) and amount >= 0:
        return min(amount, total)
    add_error(problems, "deposit_bad", "deposit", {})
    return 0
