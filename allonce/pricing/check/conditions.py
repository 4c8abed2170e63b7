"""Whether conditions can hold together at all."""

from collections import defaultdict
from typing import Any

from allonce.pricing.types import Condition

NUMBERS = {"width", "drop", "area", "quantity"}
TEXTS = {"range", "colour", "band", "mount"}
OPS = {
    **{field: {"lt", "le", "gt", "ge", "eq", "ne"} for field in NUMBERS},
    **{field: {"eq", "ne", "in", "not_in"} for field in TEXTS},
    "choice": {"chosen", "not_chosen"},
}


def can_hold(conditions: list[Condition]) -> bool:
    """False where these conditions exclude each other for every item."""
    by_field: dict[str, list[Condition]] = defaultdict(list)
    for condition in conditions:
        by_field[condition["field"]].append(condition)
    return all(
        choices_can_hold(group)
        if field == "choice"
        else numbers_can_hold(group)
        if field in NUMBERS
        else texts_can_hold(group)
        for field, group in by_field.items()
    )


def numbers_can_hold(conditions: list[Condition]) -> bool:
    """Whether any whole number above nothing meets all."""
    low, high, banned = 1, 10**12, set()
    for condition in conditions:
        value, op = condition["value"], condition["op"]
        low = max(low, {"gt": value + 1, "ge": value, "eq": value}.get(op, low))
        high = min(high, {"lt": value - 1, "le": value, "eq": value}.get(op, high))
        if op == "ne":
            banned.add(value)
    return low <= high and not (high - low < len(banned) and set(range(low, high + 1)) <= banned)


def texts_can_hold(conditions: list[Condition]) -> bool:
    """Whether any text meets all."""
    possible: set[Any] | None = None
    banned: set[Any] = set()
    for condition in conditions:
        values = set(condition["value"]) if condition["op"] in ("in", "not_in") else {condition["value"]}
        if condition["op"] in ("eq", "in"):
            possible = values if possible is None else possible & values
        else:
            banned |= values
    return possible is None or bool(possible - banned)


def choices_can_hold(conditions: list[Condition]) -> bool:
    """Not both chosen and not chosen."""
    chosen = {target(condition) for condition in conditions if condition["op"] == "chosen"}
    absent = {target(condition) for condition in conditions if condition["op"] == "not_chosen"}
    whole_groups = {group for group, extra in absent if not extra}
    return not (chosen & absent) and not any(group in whole_groups for group, _ in chosen)


def target(condition: Condition) -> tuple[str, str]:
    """Group and extra that a condition asks about."""
    return condition["group"], condition.get("extra", "")
