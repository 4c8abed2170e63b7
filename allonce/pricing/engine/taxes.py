"""Tax: the rate of a day, tax in or on an amount, and pennies that always add up."""

from allonce.pricing.engine.arithmetic import hand_out, share, share_down, share_remainder
from allonce.pricing.engine.primitives import checked
from allonce.pricing.types import DatedRate, Settings, TaxRounding, TaxTotal
from allonce.pricing.types.work import Entry

BY_RATE: TaxRounding = {"level": "rate", "mode": "half_up"}


def rate_on(tax_rates: dict[str, list[DatedRate]], key: str, date: str) -> int | None:
    """Basis points of a rate on a day; None where the catalogue knows none."""
    result: int | None = None
    for dated in tax_rates.get(key, []):
        if dated["from"] <= date:
            result = dated["bp"]
    return result


def tax_entries(entries: list[Entry], settings: Settings) -> list[TaxTotal]:
    """Put net, tax and total into every entry; returns the sums by rate, lowest rate first.

    Each sum is exactly the sum of its entries: the rounded tax of a rate is handed out to
    its entries by largest remainder (or, at level "line", is the sum of their rounded taxes).
    """
    totals: list[TaxTotal] = []
    for group in group_by_rate(entries):
        tax_group(group, settings)
        totals.append(total_of(group))
    return totals


def group_by_rate(entries: list[Entry]) -> list[list[Entry]]:
    """Entries of one key and rate together, ordered by rate and then key."""
    groups: list[list[Entry]] = []
    for entry in entries:
        position = 0
        while position < len(groups) and comes_before(groups[position][0], entry):
            position = position + 1
        if position < len(groups) and is_same_rate(groups[position][0], entry):
            groups[position].append(entry)
        else:
            groups.insert(position, [entry])
    return groups


def comes_before(one: Entry, other: Entry) -> bool:
    """Whether the rate of `one` is shown before the rate of `other`."""
    if one["tax_bp"] < other["tax_bp"]:
        return True
    return is_rate(one, other["tax_bp"]) and one["tax_key"] < other["tax_key"]


def is_rate(entry: Entry, bp: int) -> bool:
    """Whether an entry is taxed at so many basis points."""
    return entry["tax_bp"] == bp


def is_same_rate(one: Entry, other: Entry) -> bool:
    """Whether two entries are added up together."""
    return is_rate(one, other["tax_bp"]) and one["tax_key"] == other["tax_key"]


def tax_group(group: list[Entry], settings: Settings) -> None:
    """Tax the entries of one rate."""
    rounding = settings.get("tax_rounding", BY_RATE)
    bp = group[0]["tax_bp"]
    whole = 10000
    if settings["prices_include_tax"]:
        whole = 10000 + bp
    if rounding["level"] == "rate" and len(group) > 1:
        taxes = tax_by_rate(group, bp, whole, rounding["mode"])
    else:
        taxes = [round_tax(entry["amount"], bp, whole, rounding["mode"]) for entry in group]
    for index in range(len(group)):
        put_tax(group[index], taxes[index], settings["prices_include_tax"])


def tax_by_rate(group: list[Entry], bp: int, whole: int, mode: str) -> list[int]:
    """Round the tax of the sum once and hand its pennies out by largest remainder."""
    amount = checked(sum([entry["amount"] for entry in group]))
    shares = [share_down(entry["amount"], bp, whole) for entry in group]
    remainders = [share_remainder(entry["amount"], bp, whole) for entry in group]
    return hand_out(shares, remainders, round_tax(amount, bp, whole, mode) - sum(shares))


def round_tax(amount: int, bp: int, whole: int, mode: str) -> int:
    """Tax of one amount by the named rounding."""
    if mode == "down":
        return share_down(amount, bp, whole)
    return share(amount, bp, whole)


def put_tax(entry: Entry, tax: int, included: bool) -> None:
    """Net plus tax is total, whichever of them the price was."""
    entry["tax"] = tax
    entry["net"] = entry["amount"]
    if included:
        entry["net"] = entry["amount"] - tax
    entry["total"] = checked(entry["net"] + tax)


def total_of(group: list[Entry]) -> TaxTotal:
    """The sums of one rate."""
    first = group[0]
    return {
        "key": first["tax_key"],
        "bp": first["tax_bp"],
        "net": checked(sum([entry["net"] for entry in group])),
        "tax": checked(sum([entry["tax"] for entry in group])),
        "total": checked(sum([entry["total"] for entry in group])),
    }
