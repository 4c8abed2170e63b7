"""A product's basics."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.products.catalogue.forms.fields import (
    AreaField,
    MillimetreField,
    MoneyField,
    PercentField,
    StyledForm,
    without_empty,
)

FAMILIES = [
    ("roller", _("Roller blind")),
    ("vertical", _("Vertical blind")),
    ("venetian", _("Venetian blind")),
    ("roman", _("Roman blind")),
    ("curtain", _("Curtains")),
    ("shutter", _("Shutters")),
    ("flooring", _("Flooring")),
    ("other", _("Something else")),
]
METHODS = [
    ("grid", _("Width and drop")),
    ("width", _("Width only")),
    ("area", _("Area, per m²")),
    ("metre", _("Length, per metre")),
    ("piece", _("Per piece")),
    ("widths_drop", _("Fabric widths and drop")),
]
BASES = [("sell", _("My selling prices")), ("cost", _("My supplier's list prices"))]
MARKUPS = [("none", _("Nothing")), ("markup", _("Mark-up on cost")), ("margin", _("Margin of the price"))]
ROUNDINGS = [
    ("none", _("As calculated")),
    ("whole", _("Nearest whole pound")),
    ("up_whole", _("Up to a whole pound")),
    ("to_95", _("Up to the next .95")),
    ("to_99", _("Up to the next .99")),
    ("up_to", _("Up to a multiple of")),
    ("nearest", _("Nearest multiple of")),
]
FITTINGS = [("none", _("None")), ("each", _("For each piece")), ("line", _("Once for the item"))]
LIMITS = ("min_width", "max_width", "min_drop", "max_drop", "max_area")
CURTAIN = ("fabric_width", "side_allowance", "hem_allowance")


class NewProductForm(StyledForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    family = forms.ChoiceField(label=_("Kind"), choices=FAMILIES)


class BasicsForm(StyledForm):
    """All that a product says apart from ranges, tables, extras and rules."""

    name = forms.CharField(label=_("Name"), max_length=120)
    family = forms.ChoiceField(label=_("Kind"), choices=FAMILIES)
    method = forms.ChoiceField(label=_("Priced by"), choices=METHODS)
    tax = forms.ChoiceField(label=_("Tax"))
    adjust_width = MillimetreField(label=_("Add to width"), help_text=_("mm, before the price is looked up"))
    adjust_drop = MillimetreField(label=_("Add to drop"), help_text=_("mm; negative to take off"))
    adjust_recess_width = MillimetreField(label=_("Also in a recess: width"))
    adjust_recess_drop = MillimetreField(label=_("Also in a recess: drop"))
    min_width = MillimetreField(label=_("Smallest width"))
    max_width = MillimetreField(label=_("Largest width"))
    min_drop = MillimetreField(label=_("Smallest drop"))
    max_drop = MillimetreField(label=_("Largest drop"))
    max_area = AreaField(label=_("Largest area"), help_text=_("m²"))
    limits_severity = forms.ChoiceField(
        label=_("Outside these limits"), choices=[("error", _("Refuse")), ("warning", _("Warn"))], required=False
    )
    basis = forms.ChoiceField(
        label=_("The tables hold"),
        choices=BASES,
        help_text=_("Selling prices stand as typed. List prices go through discount, mark-up and tax."),
    )
    supplier_discount = PercentField(
        label=_("Supplier's discount"), help_text=_("% off the tables' prices: what you pay")
    )
    markup_kind = forms.ChoiceField(label=_("Then add"), choices=MARKUPS)
    markup = PercentField(label=_("Mark-up or margin"), help_text=_("%"))
    includes_tax = forms.BooleanField(
        label=_("The supplier's prices include tax"),
        required=False,
        help_text=_("Trade prices rarely do. Unticked, tax is added on the way to your selling price."),
    )
    extras_at = forms.ChoiceField(
        label=_("Prices of extras are"),
        choices=[("sell", _("Selling prices")), ("cost", _("List prices, too"))],
        required=False,
    )
    rounding_kind = forms.ChoiceField(label=_("Round the price of one"), choices=ROUNDINGS)
    rounding_step = MoneyField(label=_("Multiple"), help_text=_("where it rounds to a multiple, such as 5.00"))
    minimum_price = MoneyField(label=_("Lowest price of one"))
    fitting_kind = forms.ChoiceField(label=_("Fitting charge"), choices=FITTINGS)
    fitting_amount = MoneyField(label=_("Amount"))
    fabric_width = MillimetreField(label=_("Fabric width"), help_text=_("mm"))
    fullness = PercentField(label=_("Fullness"), help_text=_("%, 200 for twice the width"))
    side_allowance = MillimetreField(label=_("Side hems"), help_text=_("mm for each side"))
    hem_allowance = MillimetreField(label=_("Top and bottom hems"), help_text=_("mm added to the drop"))
    panels = forms.ChoiceField(
        label=_("Usually made as"), choices=[("2", _("A pair")), ("1", _("One curtain"))], required=False
    )
    whole_each = forms.BooleanField(label=_("Each curtain from whole widths of fabric"), required=False)

    def __init__(self, *args: Any, taxes: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tax"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, key.replace("_", " ").capitalize()) for key in sorted(taxes)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        margin = values.get("markup") or 0
        if values.get("markup_kind") == "margin" and margin >= 10_000:
            self.add_error("markup", _("A margin is under 100 %. For more, use a mark-up."))
        if values.get("rounding_kind") in ("up_to", "nearest") and not values.get("rounding_step"):
            self.add_error("rounding_step", _("Type the multiple to round to, such as 5.00."))
        if values.get("method") == "widths_drop" and not values.get("fabric_width"):
            self.add_error("fabric_width", _("Curtains priced by widths need the fabric's width."))
        return values

    def as_basics(self) -> dict[str, Any]:
        """The product's fields; None for what is left to its default."""
        values = self.cleaned_data
        return {
            "name": values["name"],
            "family": values["family"],
            "method": values["method"],
            "tax": values["tax"],
            "adjust": without_empty(_part(values, "adjust_", ("width", "drop", "recess_width", "recess_drop"))),
            "limits": self._limits(),
            "cost": self._cost(),
            "rounding": self._rounding(),
            "minimum_price": values["minimum_price"],
            "fitting": self._fitting(),
            "curtain": self._curtain(),
        }

    def _limits(self) -> dict[str, Any] | None:
        limits = without_empty({name: self.cleaned_data.get(name) for name in LIMITS})
        return limits and limits | {"severity": self.cleaned_data["limits_severity"] or "error"}

    def _cost(self) -> dict[str, Any]:
        values = self.cleaned_data
        cost = {
            "basis": values["basis"],
            "supplier_discount_bp": values["supplier_discount"] or 0,
            "markup": {"kind": values["markup_kind"], "bp": values["markup"] or 0},
            "extras": values["extras_at"] or "sell",
        }
        return cost | ({"includes_tax": True} if values["includes_tax"] else {})

    def _rounding(self) -> dict[str, Any] | None:
        kind = self.cleaned_data["rounding_kind"]
        if kind == "none":
            return None
        step = self.cleaned_data["rounding_step"]
        return {"kind": kind} | ({"step": step} if step and kind in ("up_to", "nearest") else {})

    def _fitting(self) -> dict[str, Any] | None:
        kind, amount = self.cleaned_data["fitting_kind"], self.cleaned_data["fitting_amount"]
        return None if kind == "none" or not amount else {"kind": kind, "amount": amount}

    def _curtain(self) -> dict[str, Any] | None:
        values = self.cleaned_data
        if not values["fabric_width"]:
            return None
        curtain = {name: values[name] or 0 for name in CURTAIN}
        curtain |= {"fullness_bp": values["fullness"] or 20_000, "panels": int(values["panels"] or 2)}
        return curtain | ({"whole_each": True} if values["whole_each"] else {})


def basics_of(product: dict[str, Any]) -> dict[str, Any]:
    """The form's first values, as the product stands."""
    cost, rounding = product.get("cost", {}), product.get("rounding", {})
    markup, fitting, curtain = cost.get("markup", {}), product.get("fitting", {}), product.get("curtain", {})
    limits = product.get("limits", {})
    return {
        **{key: product.get(key) for key in ("name", "family", "method", "tax", "minimum_price")},
        **{f"adjust_{key}": value for key, value in product.get("adjust", {}).items()},
        **{key: limits.get(key) for key in LIMITS},
        "limits_severity": limits.get("severity", "error"),
        "basis": cost.get("basis", "sell"),
        "supplier_discount": cost.get("supplier_discount_bp"),
        "markup_kind": markup.get("kind", "none"),
        "markup": markup.get("bp"),
        "extras_at": cost.get("extras", "sell"),
        "includes_tax": cost.get("includes_tax", False),
        "rounding_kind": rounding.get("kind", "none"),
        "rounding_step": rounding.get("step"),
        "fitting_kind": fitting.get("kind", "none"),
        "fitting_amount": fitting.get("amount"),
        **{key: curtain.get(key) for key in CURTAIN},
        "fullness": curtain.get("fullness_bp"),
        "panels": str(curtain.get("panels", 2)),
        "whole_each": curtain.get("whole_each", False),
    }


def _part(values: dict[str, Any], prefix: str, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: values.get(f"{prefix}{name}") for name in names}
