"""A product's basics in words: the values that its Basics screen sets."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.products.catalogue.figures import area, money, percent
from allonce.products.catalogue.forms.basics import BASES, FAMILIES, FITTINGS, METHODS, ROUNDINGS
from allonce.products.catalogue.wording import Fact
from allonce.products.catalogue.wording.settings import tax_name


def basic_facts(product: dict[str, Any]) -> dict[str, Fact]:
    """Each basic that the product sets; what is left to its default is no fact."""
    facts = {
        "name": Fact(_("Name"), product["name"]),
        "method": Fact(_("Priced by"), _chosen(METHODS, product["method"])),
        "tax": Fact(_("Tax"), tax_name(product["tax"])),
        "family": Fact(_("Kind"), _chosen(FAMILIES, product["family"])),
        "order": Fact(_("Place in the list"), str(product.get("order", 0) + 1)),
    }
    for key, (label, words) in _OPTIONAL.items():
        if product.get(key):
            facts[key] = Fact(str(label), words(product[key]))
    return facts


def limits_words(limits: dict[str, Any]) -> str:
    """Limits as “width 300 to 2400, drop up to 3000”."""
    words = []
    for side, name in (("width", _("width")), ("drop", _("drop"))):
        low, high = limits.get(f"min_{side}"), limits.get(f"max_{side}")
        if low and high:
            words.append(_("%(side)s %(low)s to %(high)s") % {"side": name, "low": low, "high": high})
        elif high:
            words.append(_("%(side)s up to %(high)s") % {"side": name, "high": high})
        elif low:
            words.append(_("%(side)s from %(low)s") % {"side": name, "low": low})
    if limits.get("max_area"):
        words.append(_("area up to %(area)s m²") % {"area": area(limits["max_area"])})
    return ", ".join(words)


def _product_limits(limits: dict[str, Any]) -> str:
    outside = _("others are warned of") if limits.get("severity") == "warning" else _("others are refused")
    return f"{limits_words(limits)}; {outside}"


def _adjustment(adjust: dict[str, Any]) -> str:
    names = {
        "width": _("width %(mm)s mm"),
        "drop": _("drop %(mm)s mm"),
        "recess_width": _("width in a recess %(mm)s mm"),
        "recess_drop": _("drop in a recess %(mm)s mm"),
    }
    return ", ".join(names[key] % {"mm": f"{adjust[key]:+d}"} for key in names if adjust.get(key))


def _cost(cost: dict[str, Any]) -> str:
    words = [_chosen(BASES, cost.get("basis", "sell"))]
    if cost.get("supplier_discount_bp"):
        words.append(_("supplier's discount %(share)s") % {"share": percent(cost["supplier_discount_bp"])})
    markup = cost.get("markup", {})
    if markup.get("kind") in ("markup", "margin"):
        name = _("mark-up %(share)s") if markup["kind"] == "markup" else _("margin %(share)s")
        words.append(name % {"share": percent(markup["bp"])})
    if cost.get("extras") == "cost":
        words.append(_("extras at list prices, too"))
    if cost.get("includes_tax"):
        words.append(_("tables include tax"))
    return ", ".join(words)


def _rounding(rounding: dict[str, Any]) -> str:
    words = _chosen(ROUNDINGS, rounding["kind"])
    return f"{words}, {money(rounding['step'])}" if rounding.get("step") else words


def _fitting(fitting: dict[str, Any]) -> str:
    return f"{money(fitting['amount'])}, {_chosen(FITTINGS, fitting['kind'])}"


def _curtain(curtain: dict[str, Any]) -> str:
    words = [
        _("fabric %(mm)s mm wide") % {"mm": curtain["fabric_width"]},
        _("fullness %(share)s") % {"share": percent(curtain["fullness_bp"])},
        _("side hems %(mm)s mm") % {"mm": curtain["side_allowance"]},
        _("top and bottom hems %(mm)s mm") % {"mm": curtain["hem_allowance"]},
        _("a pair") if curtain.get("panels", 2) == 2 else _("one curtain"),
    ]
    return ", ".join([*words, _("each from whole widths")] if curtain.get("whole_each") else words)


def _chosen(choices: list[tuple[str, Any]], value: str) -> str:
    return str(dict(choices).get(value, value))


_OPTIONAL: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "adjust": (gettext_lazy("Added to sizes"), _adjustment),
    "limits": (gettext_lazy("Limits"), _product_limits),
    "cost": (gettext_lazy("Cost and mark-up"), _cost),
    "rounding": (gettext_lazy("Rounding"), _rounding),
    "fitting": (gettext_lazy("Fitting charge"), _fitting),
    "curtain": (gettext_lazy("Curtain"), _curtain),
    "minimum_price": (gettext_lazy("Lowest price of one"), money),
}
