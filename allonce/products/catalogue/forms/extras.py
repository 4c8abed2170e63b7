"""Groups of extras and the extras in them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.products.catalogue.forms.fields import (
    MillimetreField,
    MoneyField,
    PercentField,
    StyledForm,
    without_empty,
)

CHOOSE = [("one", _("One of them")), ("many", _("Any of them")), ("quantity", _("Any, with a number"))]
METHODS = [
    ("none", _("No charge")),
    ("fixed", _("A fixed price")),
    ("percent", _("A percentage")),
    ("table", _("A price table")),
    ("area", _("By area, per m²")),
    ("metre", _("By length, per metre")),
]
ALONG = [("width", _("Width")), ("drop", _("Drop")), ("perimeter", _("All round")), ("fabric", _("Fabric length"))]
BASES = [("table", _("of the table price")), ("goods", _("of table price and extras"))]


class GroupForm(StyledForm):
    name = forms.CharField(label=_("Name of the group"), max_length=120)
    choose = forms.ChoiceField(label=_("The customer chooses"), choices=CHOOSE)
    required = forms.BooleanField(label=_("A choice is needed"), required=False)

    def as_group(self) -> dict[str, Any]:
        """The group's own fields."""
        return dict(self.cleaned_data)


class ExtraForm(StyledForm):
    """One extra. Which figures count depends on how it is priced."""

    name = forms.CharField(label=_("Name"), max_length=120)
    method = forms.ChoiceField(label=_("Priced"), choices=METHODS)
    amount = MoneyField(label=_("Price"), help_text=_("fixed, per m² or per metre; negative takes off"))
    percent = PercentField(label=_("Percentage"))
    base = forms.ChoiceField(label=_("Percentage"), choices=BASES, required=False)
    table = forms.ChoiceField(label=_("Price table"), required=False)
    along = forms.ChoiceField(label=_("Length of"), choices=ALONG, required=False)
    minimum_price = MoneyField(label=_("At least"))
    add_width = MillimetreField(label=_("Adds to width"), help_text=_("mm, before prices are looked up"))
    add_drop = MillimetreField(label=_("Adds to drop"), help_text=_("mm"))
    fullness = PercentField(label=_("Fullness"), help_text=_("% for a curtain's heading"))
    per_line = forms.BooleanField(label=_("Once for the item, however many pieces"), required=False)
    default = forms.BooleanField(label=_("Chosen unless told otherwise"), required=False)

    def __init__(self, *args: Any, tables: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["table"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *tables]  # noqa: RUF001 a dash for nothing

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        method = values.get("method")
        needed = {"fixed": "amount", "area": "amount", "metre": "amount", "percent": "percent", "table": "table"}
        name = needed.get(method or "")
        if name and name not in self.errors and values.get(name) in (None, ""):
            self.add_error(name, _("This way of pricing needs it."))
        return values

    def as_extra(self) -> dict[str, Any]:
        """The extra without its id; None for what is left to its default."""
        values = self.cleaned_data
        return {
            "name": values["name"],
            "pricing": self._pricing(),
            "size_add": without_empty({"width": values["add_width"], "drop": values["add_drop"]}),
            "fullness_bp": values["fullness"],
            "per": "line" if values["per_line"] else None,
            "default": values["default"] or None,
        }

    def _pricing(self) -> dict[str, Any]:
        values = self.cleaned_data
        least = {"minimum_price": values["minimum_price"]} if values["minimum_price"] else {}
        by_method: dict[str, dict[str, Any]] = {
            "none": {},
            "fixed": {"amount": values["amount"]},
            "percent": {"bp": values["percent"], "base": values["base"] or "table"},
            "table": {"table": values["table"]},
            "area": {"per_m2": values["amount"]} | least,
            "metre": {"per_m": values["amount"], "along": values["along"] or "width"} | least,
        }
        return {"method": values["method"]} | by_method[values["method"]]


def extra_values(extra: dict[str, Any]) -> dict[str, Any]:
    """The form's first values, as the extra stands."""
    pricing = extra["pricing"]
    amount = next((pricing[key] for key in ("amount", "per_m2", "per_m") if key in pricing), None)
    return {
        "name": extra["name"],
        "method": pricing["method"],
        "amount": amount,
        "percent": pricing.get("bp"),
        "base": pricing.get("base", "table"),
        "table": pricing.get("table", ""),
        "along": pricing.get("along", "width"),
        "minimum_price": pricing.get("minimum_price"),
        "add_width": extra.get("size_add", {}).get("width"),
        "add_drop": extra.get("size_add", {}).get("drop"),
        "fullness": extra.get("fullness_bp"),
        "per_line": extra.get("per") == "line",
        "default": extra.get("default", False),
    }
