"""From what a person chose to what is priced: defaults in, hidden out, the rest judged."""

from typing import Any

from allonce.pricing.engine.notes import add_error, add_warning
from allonce.pricing.engine.primitives import is_mapping, is_whole
from allonce.pricing.engine.rules import (
    facts_of,
    holds,
    is_allowed,
    is_required,
    is_shown,
    judge,
    possible_marks,
    reasons_for,
    same_rules,
)
from allonce.pricing.engine.sizes import LARGEST_QUANTITY
from allonce.pricing.types import Choices, Extra, Group, Problem
from allonce.pricing.types.work import Marks, Work


def read_choices(given: Any, groups: list[Group], problems: list[Problem]) -> Choices:
    """The choices that this catalogue knows; the others become problems."""
    known: Choices = {}
    if not is_mapping(given):
        add_error(problems, "choices_unreadable", "choices", {})
        return known
    for group in groups:
        if group["id"] in given:
            known[group["id"]] = read_group(given[group["id"]], group, problems)
    report_unknown_groups(given, known, problems)
    return known


def report_unknown_groups(given: dict[str, Any], known: Choices, problems: list[Problem]) -> None:
    """A choice from another version of the catalogue must not vanish without a word."""
    for group_id in sorted(given):
        if group_id not in known and (not is_mapping(given[group_id]) or len(given[group_id]) > 0):
            add_error(problems, "choice_unknown", "choices", {"group": group_id, "extra": ""})


def read_group(given: Any, group: Group, problems: list[Problem]) -> dict[str, int]:
    """What is chosen in one group, with quantities that can be."""
    chosen: dict[str, int] = {}
    if not is_mapping(given):
        add_error(problems, "choices_unreadable", group["id"], {})
        return chosen
    for extra in group["extras"]:
        if extra["id"] in given:
            chosen[extra["id"]] = read_extra_quantity(given[extra["id"]], group, extra, problems)
    for extra_id in sorted(given):
        if extra_id not in chosen:
            add_error(problems, "choice_unknown", group["id"], {"group": group["name"], "extra": extra_id})
    if group["choose"] == "one" and len(chosen) > 1:
        add_error(problems, "choose_one", group["id"], {"group": group["name"]})
    return chosen


def read_extra_quantity(given: Any, group: Group, extra: Extra, problems: list[Problem]) -> int:
    """How many of an extra; only in a quantity group more than one."""
    limit = 1
    if group["choose"] == "quantity":
        limit = extra.get("max_quantity", LARGEST_QUANTITY)
    if is_whole(given) and given >= 1 and given <= limit:
        return given
    params = {"group": group["name"], "extra": extra["name"], "most": limit}
    add_error(problems, "extra_quantity_bad", group["id"], params)
    return 1


def settle_choices(work: Work) -> Marks:
    """Apply defaults and hide until nothing changes; leaves `choices`. Circular rules end in a problem."""
    given = work["choices"]
    rules = work["product"]["rules"]
    possible = possible_marks(rules)
    facts = facts_of(work)
    marks = judge(rules, facts, possible)
    for _ in range(len(work["product"]["extras"]) + len(rules) + 2):
        work["choices"] = apply_marks(given, work["product"]["extras"], marks)
        if len(rules) == 0:
            return marks
        facts["choices"] = work["choices"]
        following = judge(rules, facts, possible)
        if same_rules(marks, following):
            return marks
        marks = following
    add_error(work["problems"], "rules_unsettled", "rules", {})
    return marks


def apply_marks(given: Choices, groups: list[Group], marks: Marks) -> Choices:
    """The person's choices without what is hidden, and with the defaults of untouched groups."""
    result: Choices = {}
    for group in groups:
        group_id = group["id"]
        if not is_shown(marks, group_id, ""):
            continue
        if group_id in given:
            result[group_id] = shown_part(given[group_id], group, marks)
        else:
            add_defaults(result, group, marks)
    return result


def shown_part(chosen: dict[str, int], group: Group, marks: Marks) -> dict[str, int]:
    """What of a group's choice is to be seen now."""
    result: dict[str, int] = {}
    for extra in group["extras"]:
        if extra["id"] in chosen and is_shown(marks, group["id"], extra["id"]):
            result[extra["id"]] = chosen[extra["id"]]
    return result


def add_defaults(result: Choices, group: Group, marks: Marks) -> None:
    """Defaults by rule, or else the extras' own; a group of one takes the first."""
    names = defaults_by_rule(group, marks)
    if len(names) == 0:
        names = own_defaults(group, marks)
    if len(names) == 0:
        return
    chosen: dict[str, int] = {}
    for name in names:
        if group["choose"] != "one" or len(chosen) == 0:
            chosen[name] = 1
    result[group["id"]] = chosen


def defaults_by_rule(group: Group, marks: Marks) -> list[str]:
    """Extras that a holding rule chooses where a person has not."""
    names: list[str] = []
    if marks["silent"]:
        return names
    for extra in group["extras"]:
        if holds(marks, "default", group["id"], extra["id"]) and is_available(marks, group["id"], extra["id"]):
            names.append(extra["id"])
    return names


def own_defaults(group: Group, marks: Marks) -> list[str]:
    """Extras that the catalogue itself chooses."""
    names: list[str] = []
    for extra in group["extras"]:
        if extra.get("default", False) is True and is_available(marks, group["id"], extra["id"]):
            names.append(extra["id"])
    return names


def is_available(marks: Marks, group: str, extra: str) -> bool:
    """Whether it can be seen and chosen."""
    return is_shown(marks, group, extra) and is_allowed(marks, group, extra)


def judge_choices(work: Work, given: Choices, marks: Marks) -> None:
    """Warn of hidden choices; refuse forbidden ones and missing required ones."""
    if holds(marks, "forbid", "", ""):
        add_error(work["problems"], "item_forbidden", "product", {"reasons": reasons_for(marks, "", "")})
    for group in work["product"]["extras"]:
        if marks["silent"]:
            judge_required(work, group, marks)
        else:
            warn_of_hidden(work, given, group)
            judge_group(work, group, marks)


def warn_of_hidden(work: Work, given: Choices, group: Group) -> None:
    """What was chosen and is now hidden is left out of the price."""
    kept = work["choices"].get(group["id"], {})
    for extra_id in sorted(given.get(group["id"], {})):
        if extra_id not in kept:
            params = {"group": group["name"], "extra": extra_name(group, extra_id)}
            add_warning(work["problems"], "choice_hidden", group["id"], params)


def extra_name(group: Group, extra_id: str) -> str:
    """The name people know an extra by."""
    for extra in group["extras"]:
        if extra["id"] == extra_id:
            return extra["name"]
    return extra_id


def judge_group(work: Work, group: Group, marks: Marks) -> None:
    """One group: is all chosen allowed, and all required chosen?"""
    chosen = work["choices"].get(group["id"], {})
    for extra in group["extras"]:
        if extra["id"] in chosen:
            refuse_forbidden(work, group, extra, marks)
    # A group that is hidden or forbidden demands nothing.
    if is_available(marks, group["id"], ""):
        judge_required(work, group, marks)
        judge_required_extras(work, group, chosen, marks)


def refuse_forbidden(work: Work, group: Group, extra: Extra, marks: Marks) -> None:
    """What is chosen must be allowed."""
    if is_allowed(marks, group["id"], extra["id"]):
        return
    reasons = reasons_for(marks, group["id"], extra["id"])
    reasons.extend(reasons_for(marks, group["id"], ""))
    params = {"group": group["name"], "extra": extra["name"], "reasons": reasons}
    add_error(work["problems"], "choice_forbidden", group["id"], params)


def judge_required(work: Work, group: Group, marks: Marks) -> None:
    """A group that needs a choice must have one."""
    if len(work["choices"].get(group["id"], {})) > 0:
        return
    if group.get("required", False) is True or is_required(marks, group["id"], ""):
        params = {"group": group["name"], "extra": "", "reasons": reasons_for(marks, group["id"], "")}
        add_error(work["problems"], "choice_required", group["id"], params)


def judge_required_extras(work: Work, group: Group, chosen: dict[str, int], marks: Marks) -> None:
    """Extras that a rule requires must be chosen."""
    for extra in group["extras"]:
        if extra["id"] not in chosen and is_required(marks, group["id"], extra["id"]):
            reasons = reasons_for(marks, group["id"], extra["id"])
            params = {"group": group["name"], "extra": extra["name"], "reasons": reasons}
            add_error(work["problems"], "choice_required", group["id"], params)
