"""The rule builder's answer: lists of equal length, one entry for each condition and each effect."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from allonce.products.catalogue.services.editing import Unusable

NUMBERS = frozenset({"width", "drop", "area", "quantity"})
NUMBER_OPS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
NAME_OPS = frozenset({"eq", "ne", "in", "not_in"})
CHOICE_OPS = frozenset({"chosen", "not_chosen"})
DEEDS = frozenset({"forbid", "allow", "require", "default", "show"})


def rule_from(posted: QueryDict) -> dict[str, Any]:
    """The rule that was built. Raises Unusable with advice for the first part that makes no sense."""
    lists = [posted.getlist(name) for name in ("field", "op", "value", "choice")]
    conditions = [_condition(*parts) for parts in zip(*lists, strict=False) if parts[0]]
    deeds = zip(posted.getlist("do"), posted.getlist("target"), strict=False)
    message = posted.get("message", "").strip()
    if not message:
        raise Unusable(fields={"message": _("Say in a sentence why, as the surveyor shall read it.")})
    return {"when": conditions, "then": [_effect(do, target) for do, target in deeds if do], "message": message[:300]}


def mention_value(mention: dict[str, Any]) -> str:
    """A choice as the builder's select spells it: `g_side` or `g_side/e_left`."""
    return "/".join(part for part in (mention.get("group"), mention.get("extra")) if part)


def _condition(field: str, op: str, value: str, choice: str) -> dict[str, Any]:
    if field == "choice":
        if op not in CHOICE_OPS:
            raise Unusable(fields={"when": _("Say whether the choice is chosen or not chosen.")})
        return {"field": field, "op": op} | _mention(choice)
    if field in NUMBERS:
        return _number_condition(field, op, value)
    if op not in NAME_OPS or not value.strip():
        raise Unusable(fields={"when": _("Type what to compare with; several names with commas between.")})
    if op in ("in", "not_in"):
        return {"field": field, "op": op, "value": [part.strip() for part in value.split(",") if part.strip()]}
    return {"field": field, "op": op, "value": value.strip()}


def _number_condition(field: str, op: str, value: str) -> dict[str, Any]:
    plain = value.replace(",", "").strip()
    if op not in NUMBER_OPS or not plain.isdigit() or len(plain) > 12:
        raise Unusable(fields={"when": _("Compare a size with whole millimetres, such as 2400.")})
    return {"field": field, "op": op, "value": int(plain)}


def _effect(do: str, target: str) -> dict[str, Any]:
    if do not in DEEDS:
        raise Unusable(fields={"then": _("Say what the rule does.")})
    if do == "forbid" and target == "item":
        return {"do": do, "group": ""}
    return {"do": do} | _mention(target)


def _mention(choice: str) -> dict[str, Any]:
    group, _slash, extra = choice.partition("/")
    if not group or group == "item":
        raise Unusable(fields={"then": _("Choose an extra, or a whole group.")})
    return {"group": group} | ({"extra": extra} if extra else {})
