"""What the rules say about groups and extras at this moment."""

from allonce.pricing.engine.conditions import area_of, rule_holds
from allonce.pricing.types import Effect, Rule
from allonce.pricing.types.work import Facts, Marks, Work


def facts_of(work: Work) -> Facts:
    """What rules may ask about; sizes as measured, before adjustment."""
    line = work["line"]
    return {
        "numbers": {
            "width": work["width"],
            "drop": work["drop"],
            "area": area_of(work["width"], work["drop"]),
            "quantity": work["quantity"],
        },
        "texts": {"range": line["range"], "colour": line["colour"], "band": work["band"]["id"], "mount": line["mount"]},
        "choices": work["choices"],
    }


def judge(rules: list[Rule], facts: Facts, possible: dict[str, bool]) -> Marks:
    """Read every rule once, in any order."""
    marks: Marks = {"holding": {}, "possible": possible, "rules": [], "silent": True}
    for rule in rules:
        if rule_holds(rule, facts):
            mark_holding(rule, marks)
    marks["silent"] = len(marks["holding"]) == 0 and len(possible) == 0
    return marks


def possible_marks(rules: list[Rule]) -> dict[str, bool]:
    """What any rule shows or allows: without such a rule holding, it is hidden or forbidden."""
    possible: dict[str, bool] = {}
    for rule in rules:
        for effect in rule["then"]:
            if effect["do"] == "show" or effect["do"] == "allow":
                possible[key_of(effect)] = True
    return possible


def mark_holding(rule: Rule, marks: Marks) -> None:
    """Remember what this rule does, with the shop's own reason."""
    marks["rules"].append(rule["id"])
    for effect in rule["then"]:
        key = key_of(effect)
        if key not in marks["holding"]:
            marks["holding"][key] = []
        marks["holding"][key].append(rule["message"])


def key_of(effect: Effect) -> str:
    """One name for an effect and its target."""
    return mark_key(effect["do"], effect["group"], effect.get("extra", ""))


def mark_key(deed: str, group: str, extra: str) -> str:
    """Ids hold no spaces, so the key is unambiguous."""
    return " ".join([deed, group, extra])


def same_rules(one: Marks, other: Marks) -> bool:
    """Whether the same rules hold, so that nothing can change any more."""
    if len(one["rules"]) != len(other["rules"]):
        return False
    for index in range(len(one["rules"])):
        if one["rules"][index] != other["rules"][index]:
            return False
    return True


def holds(marks: Marks, deed: str, group: str, extra: str) -> bool:
    """Whether a holding rule does this to exactly this target."""
    return mark_key(deed, group, extra) in marks["holding"]


def permitted(marks: Marks, deed: str, group: str, extra: str) -> bool:
    """Show and allow: true unless some rule could do it and none does."""
    key = mark_key(deed, group, extra)
    return key not in marks["possible"] or key in marks["holding"]


def is_shown(marks: Marks, group: str, extra: str) -> bool:
    """Whether a group (extra "") or an extra is to be seen now."""
    if marks["silent"]:
        return True
    if not permitted(marks, "show", group, ""):
        return False
    return extra == "" or permitted(marks, "show", group, extra)


def is_allowed(marks: Marks, group: str, extra: str) -> bool:
    """Whether it may be chosen now; forbid is stronger than allow."""
    if marks["silent"]:
        return True
    if holds(marks, "forbid", group, "") or not permitted(marks, "allow", group, ""):
        return False
    if extra == "":
        return True
    return permitted(marks, "allow", group, extra) and not holds(marks, "forbid", group, extra)


def is_required(marks: Marks, group: str, extra: str) -> bool:
    """Whether a rule demands a choice in the group, or this extra."""
    return holds(marks, "require", group, extra)


def reasons_for(marks: Marks, group: str, extra: str) -> list[str]:
    """The shop's sentences about exactly this target, worst first."""
    reasons: list[str] = []
    for deed in ["forbid", "require", "allow", "show", "default"]:
        for message in marks["holding"].get(mark_key(deed, group, extra), []):
            if message not in reasons:
                reasons.append(message)
    return reasons
