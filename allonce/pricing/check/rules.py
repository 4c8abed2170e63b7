"""Rules that name what is not there, contradict each other, go round in circles, or bar an extra for ever."""

from collections.abc import Iterator
from itertools import combinations, permutations

from allonce.pricing.check.conditions import NUMBERS, OPS, can_hold, target
from allonce.pricing.check.findings import Findings
from allonce.pricing.types import Condition, Effect, Product, Rule

Target = tuple[str, str]
# These change what is chosen, so a condition on choices may depend on them.
CHANGES_CHOICES = {"show", "default"}


def check_rules(product: Product, findings: Findings) -> None:
    """All rules of a product; the deeper checks only where every name is known."""
    known = targets(product)
    sound = [check_rule(rule, known, findings.at("rules", rule["id"])) for rule in product["rules"]]
    if not all(sound):
        return
    check_contradictions(product["rules"], findings)
    check_circles(product["rules"], findings)
    check_reachable(product, findings)


def targets(product: Product) -> set[Target]:
    """Every group and extra that a rule may name."""
    groups = {(group["id"], "") for group in product["extras"]}
    return groups | {(group["id"], extra["id"]) for group in product["extras"] for extra in group["extras"]}


def check_rule(rule: Rule, known: set[Target], findings: Findings) -> bool:
    """One rule by itself; whether it can be reasoned about."""
    before = len(findings.problems)
    for condition in rule["when"]:
        check_condition(condition, known, findings)
    for effect in rule["then"]:
        check_effect(effect, known, findings)
    sound = len(findings.problems) == before
    if sound and not can_hold(rule["when"]):
        findings.warn("rule_never_holds")
    return sound


def check_condition(condition: Condition, known: set[Target], findings: Findings) -> None:
    """Operation and value fit the field, names exist."""
    field, op = condition["field"], condition["op"]
    if op not in OPS[field]:
        findings.error("condition_op", name=field, op=op)
    elif field == "choice":
        if (condition.get("group", ""), condition.get("extra", "")) not in known:
            findings.error("rule_names_unknown", group=condition.get("group", ""), extra=condition.get("extra", ""))
    elif type(condition.get("value")) is not value_kind(field, op):
        findings.error("condition_value", name=field, op=op)


def value_kind(field: str, op: str) -> type:
    """What a condition compares with."""
    if field in NUMBERS:
        return int
    return list if op in ("in", "not_in") else str


def check_effect(effect: Effect, known: set[Target], findings: Findings) -> None:
    """Names exist; a default needs an extra; only forbid may mean the whole item."""
    group, extra = effect["group"], effect.get("extra", "")
    if (group, extra) == ("", "") and effect["do"] == "forbid":
        return
    if (group, extra) not in known:
        findings.error("rule_names_unknown", group=group, extra=extra)
    elif effect["do"] == "default" and not extra:
        findings.error("default_without_extra", group=group)


def check_contradictions(rules: list[Rule], findings: Findings) -> None:
    """Required and forbidden at once: always an error, or only where conditions meet."""
    for rule in rules:
        for one, other in permutations(rule["then"], 2):
            if contradict(one, other):
                findings.at("rules", rule["id"]).error("rule_contradicts_itself", **named(one))
    for first, second in combinations(rules, 2):
        check_pair(first, second, findings.at("rules", first["id"]))


def check_pair(first: Rule, second: Rule, findings: Findings) -> None:
    """Two rules against each other."""
    if not can_hold(first["when"] + second["when"]):
        return
    for one in first["then"]:
        for other in second["then"]:
            if not (contradict(one, other) or contradict(other, one)):
                continue
            if implies(first["when"], second["when"]) or implies(second["when"], first["when"]):
                findings.error("rules_contradict", other=second["id"], **named(one))
            else:
                findings.warn("rules_may_contradict", other=second["id"], **named(one))


def contradict(one: Effect, other: Effect) -> bool:
    """`one` requires what `other` forbids."""
    if one["do"] != "require" or other["do"] != "forbid" or one["group"] != other["group"]:
        return False
    return not other.get("extra") or other.get("extra") == one.get("extra")


def named(effect: Effect) -> dict[str, str]:
    """The target of an effect, for messages."""
    return {"group": effect["group"], "extra": effect.get("extra", "")}


def implies(more: list[Condition], fewer: list[Condition]) -> bool:
    """Whether every condition of `fewer` is among `more`."""
    return all(condition in more for condition in fewer)


def check_circles(rules: list[Rule], findings: Findings) -> None:
    """What decides a choice must not hang on that choice."""
    following: dict[str, set[str]] = {}
    for rule in rules:
        asked = {condition["group"] for condition in rule["when"] if condition["field"] == "choice"}
        changed = {effect["group"] for effect in rule["then"] if effect["do"] in CHANGES_CHOICES}
        for group in asked:
            following.setdefault(group, set()).update(changed)
    for group in sorted(following):
        if group in reached(group, following):
            findings.at("extras", group).error("rules_circular", group=group)


def reached(start: str, following: dict[str, set[str]]) -> set[str]:
    """Every group whose choice hangs on `start`."""
    seen: set[str] = set()
    waiting = set(following.get(start, ()))
    while waiting:
        group = waiting.pop()
        seen.add(group)
        waiting |= following.get(group, set()) - seen
    return seen


def check_reachable(product: Product, findings: Findings) -> None:
    """Extras that no item can ever have."""
    open_now: set[Target] = set()
    while True:
        more = set(choosable(product, open_now))
        if more == open_now:
            break
        open_now = more
    for group in product["extras"]:
        for extra in group["extras"]:
            if (group["id"], extra["id"]) not in open_now:
                findings.at("extras", group["id"], extra["id"]).warn("extra_unreachable", extra=extra["name"])


def choosable(product: Product, open_now: set[Target]) -> Iterator[Target]:
    """Extras that can be chosen, given that those in `open_now` can."""
    rules = [rule for rule in product["rules"] if can_hold(rule["when"])]
    usable = [rule for rule in rules if all(can_be_met(condition, open_now) for condition in rule["when"])]
    for group in product["extras"]:
        for extra in group["extras"]:
            names = [(group["id"], ""), (group["id"], extra["id"])]
            if all(is_open(name, product["rules"], usable) for name in names):
                yield group["id"], extra["id"]


def can_be_met(condition: Condition, open_now: set[Target]) -> bool:
    """A condition on a choice needs that choice to be possible."""
    if condition["field"] != "choice" or condition["op"] == "not_chosen":
        return True
    group, extra = target(condition)
    return any(group == one and extra in ("", other) for one, other in open_now)


def is_open(name: Target, rules: list[Rule], usable: list[Rule]) -> bool:
    """Shown and allowed by some rule that can hold, if any rule does so; not always forbidden."""
    for deed in ("show", "allow"):
        if touches(rules, deed, name) and not touches(usable, deed, name):
            return False
    return not touches([rule for rule in rules if not rule["when"]], "forbid", name)


def touches(rules: list[Rule], deed: str, name: Target) -> bool:
    """Whether any of these rules does this to exactly this target."""
    return any(
        effect["do"] == deed and (effect["group"], effect.get("extra", "")) == name
        for rule in rules
        for effect in rule["then"]
    )
