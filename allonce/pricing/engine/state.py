"""What may be chosen now: the phone's and the office's forms ask this at every change."""

from allonce.pricing.engine.choices import judge_choices, read_choices, settle_choices
from allonce.pricing.engine.line import check_all_limits
from allonce.pricing.engine.rules import is_allowed, is_required, is_shown, reasons_for
from allonce.pricing.engine.start import find_product, start_work
from allonce.pricing.types import Catalogue, ExtraState, Group, GroupState, Item, RuleState
from allonce.pricing.types.work import Marks


def apply_rules(catalogue: Catalogue, item: Item, date: str = "9999-12-31") -> RuleState:
    """Which groups and extras are shown, allowed and required, with the shop's reasons.

    Works on unfinished items: a size not yet given meets no condition. `problems` are those
    known before pricing; `choices` are the choices with defaults in and hidden ones out.
    """
    work = start_work(catalogue, item, date, False)
    find_product(work)
    given = read_choices(item.get("choices", {}), work["product"]["extras"], work["problems"])
    work["choices"] = given
    marks = settle_choices(work)
    judge_choices(work, given, marks)
    check_all_limits(work)
    groups: dict[str, GroupState] = {}
    for group in work["product"]["extras"]:
        groups[group["id"]] = group_state(group, marks)
    return {"groups": groups, "choices": work["choices"], "problems": work["problems"]}


def group_state(group: Group, marks: Marks) -> GroupState:
    """One group as a form shows it."""
    group_id = group["id"]
    extras: dict[str, ExtraState] = {}
    for extra in group["extras"]:
        extras[extra["id"]] = extra_state(group_id, extra["id"], marks)
    return {
        "shown": is_shown(marks, group_id, ""),
        "allowed": is_allowed(marks, group_id, ""),
        "required": group.get("required", False) is True or is_required(marks, group_id, ""),
        "reasons": reasons_for(marks, group_id, ""),
        "extras": extras,
    }


def extra_state(group_id: str, extra_id: str, marks: Marks) -> ExtraState:
    """One extra as a form shows it."""
    return {
        "shown": is_shown(marks, group_id, extra_id),
        "allowed": is_allowed(marks, group_id, extra_id),
        "required": is_required(marks, group_id, extra_id),
        "reasons": reasons_for(marks, group_id, extra_id),
    }
