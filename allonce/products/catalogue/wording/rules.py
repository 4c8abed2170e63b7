"""A rule as a sentence: "When width is over 2400 mm, forbid Cassette"."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIELDS = {
    "width": gettext_lazy("width"),
    "drop": gettext_lazy("drop"),
    "area": gettext_lazy("area"),
    "quantity": gettext_lazy("quantity"),
    "range": gettext_lazy("range"),
    "colour": gettext_lazy("colour"),
    "band": gettext_lazy("band"),
    "mount": gettext_lazy("fitting place"),
    "choice": gettext_lazy("choice"),
}
OPERATORS = {
    "lt": gettext_lazy("is under"),
    "le": gettext_lazy("is at most"),
    "gt": gettext_lazy("is over"),
    "ge": gettext_lazy("is at least"),
    "eq": gettext_lazy("is"),
    "ne": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "not_in": gettext_lazy("is none of"),
    "chosen": gettext_lazy("is chosen"),
    "not_chosen": gettext_lazy("is not chosen"),
}
DEEDS = {
    "forbid": gettext_lazy("forbid"),
    "allow": gettext_lazy("allow only then"),
    "require": gettext_lazy("require"),
    "default": gettext_lazy("choose unless told otherwise"),
    "show": gettext_lazy("show only then"),
}
UNITS = {"width": "mm", "drop": "mm", "area": "mm²"}


def sentence(product: dict[str, Any], rule: dict[str, Any]) -> str:
    """The whole rule in words, with the names that the product gives its groups and extras."""
    deeds = _(" and ").join(effect_words(product, effect) for effect in rule["then"])
    if not rule["when"]:
        return _("Always %(deeds)s.") % {"deeds": deeds}
    conditions = _(" and ").join(condition_words(product, condition) for condition in rule["when"])
    return _("When %(conditions)s, %(deeds)s.") % {"conditions": conditions, "deeds": deeds}


def condition_words(product: dict[str, Any], condition: dict[str, Any]) -> str:
    operator = str(OPERATORS[condition["op"]])
    if condition["field"] == "choice":
        return f"{choice_name(product, condition)} {operator}"
    return f"{FIELDS[condition['field']]} {operator} {_value_words(product, condition)}"


def effect_words(product: dict[str, Any], effect: dict[str, Any]) -> str:
    if effect["do"] == "forbid" and not effect["group"]:
        return _("refuse the item")
    return f"{DEEDS[effect['do']]} {choice_name(product, effect)}"


def choice_name(product: dict[str, Any], mention: dict[str, Any]) -> str:
    """“Group: extra” for what a condition or an effect points to; its id where that is gone."""
    for group in product["extras"]:
        if group["id"] != mention["group"]:
            continue
        for extra in group["extras"]:
            if extra["id"] == mention.get("extra"):
                return f"“{group['name']}: {extra['name']}”"
        return f"“{group['name']}”"
    return f"“{mention['group']}”"


def _value_words(product: dict[str, Any], condition: dict[str, Any]) -> str:
    value = condition["value"]
    names = {band["id"]: band["name"] for band in product["bands"]} if condition["field"] == "band" else {}
    if isinstance(value, list):
        return ", ".join(str(names.get(each, each)) for each in value)
    unit = UNITS.get(condition["field"], "")
    return f"{names.get(value, value)} {unit}".strip()
