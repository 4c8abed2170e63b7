"""Whether a rule's conditions hold."""

from allonce.pricing.engine.primitives import times
from allonce.pricing.types import Choices, Condition, Rule
from allonce.pricing.types.work import Facts


def rule_holds(rule: Rule, facts: Facts) -> bool:
    """A rule holds when all its conditions do."""
    for condition in rule["when"]:
        if not condition_holds(condition, facts):
            return False
    return True


def condition_holds(condition: Condition, facts: Facts) -> bool:
    """One condition; about a size not yet known nothing holds."""
    field = condition["field"]
    if field == "choice":
        is_in = is_chosen(facts["choices"], condition["group"], condition.get("extra", ""))
        return is_in == (condition["op"] == "chosen")
    if field in facts["numbers"]:
        return number_holds(facts["numbers"][field], condition["op"], condition["value"])
    if condition["op"] == "in" or condition["op"] == "not_in":
        is_in = bool(facts["texts"][field] in condition["value"])
        return is_in == (condition["op"] == "in")
    is_equal = bool(facts["texts"][field] == condition["value"])
    return is_equal == (condition["op"] == "eq")


def number_holds(known: int, op: str, value: int) -> bool:
    """Compare a measured number; 0 means that it is not known."""
    if known == 0:
        return False
    if op == "lt":
        return known < value
    if op == "le":
        return known <= value
    if op == "gt":
        return known > value
    if op == "ge":
        return known >= value
    is_equal = known == value
    return is_equal == (op == "eq")


def is_chosen(choices: Choices, group: str, extra: str) -> bool:
    """Whether this extra, or with no extra anything in the group, is chosen."""
    chosen = choices.get(group, {})
    if extra == "":
        return len(chosen) > 0
    return extra in chosen


def area_of(width: int, drop: int) -> int:
    """Measured area in square millimetres."""
    return times(width, drop)
