"""Settings for the whole price list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.products.catalogue.forms.fields import MoneyField, PercentField, StyledForm

CURRENCIES = [("GBP", _("Pounds (£)")), ("EUR", _("Euros (€)")), ("USD", _("Dollars ($)"))]
DEPOSITS = [("none", _("No deposit")), ("percent", _("A percentage")), ("amount", _("An amount"))]
UNITS = [("mm", _("Millimetres")), ("cm", _("Centimetres")), ("inch", _("Inches"))]


class SettingsForm(StyledForm):
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    prices_include_tax = forms.BooleanField(
        label=_("My prices include tax"),
        required=False,
        help_text=_("Your selling prices, extras and fitting are then what the customer pays."),
    )
    tax_per = forms.ChoiceField(
        label=_("Tax is rounded"),
        choices=[("rate", _("Once for the quote")), ("line", _("Line by line"))],
    )
    units = forms.ChoiceField(label=_("Show sizes in"), choices=UNITS)
    validity_days = forms.IntegerField(label=_("A quote holds for"), min_value=1, max_value=730, help_text=_("days"))
    deposit_kind = forms.ChoiceField(label=_("Deposit"), choices=DEPOSITS)
    deposit_percent = PercentField(label=_("Percentage"))
    deposit_amount = MoneyField(label=_("Amount"))
    max_discount = PercentField(
        label=_("Largest discount on a quote"), help_text=_("%; each user can have a lower limit of their own")
    )
    minimum_order = MoneyField(
        label=_("Smallest order"), help_text=_("goods after discounts, without fitting; empty for none")
    )
    minimum_action = forms.ChoiceField(
        label=_("Below it"),
        choices=[
            ("charge", _("Charge the difference")),
            ("warn", _("Ask the surveyor")),
            ("refuse", _("Refuse to complete")),
        ],
        required=False,
        help_text=_("Asked, the surveyor may complete it all the same, and your worksheet mail says so"),
    )
    fitting = MoneyField(label=_("Fitting, once for each quote"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        share = values.get("deposit_percent")
        if values.get("deposit_kind") == "percent" and not (share and 0 < share <= 10_000):
            self.add_error("deposit_percent", _("Type a percentage up to 100."))
        if values.get("deposit_kind") == "amount" and not values.get("deposit_amount"):
            self.add_error("deposit_amount", _("Type the amount of the deposit."))
        if not 0 <= (values.get("max_discount") or 0) <= 10_000:
            self.add_error("max_discount", _("Type a percentage up to 100."))
        return values

    def as_settings(self) -> dict[str, Any]:
        """SETTINGS of docs/catalogue-format.md; None for what is left to its default."""
        values = self.cleaned_data
        minimum, fitting = values["minimum_order"], values["fitting"]
        return {
            "prices_include_tax": values["prices_include_tax"],
            "tax_rounding": {"level": values["tax_per"], "mode": "half_up"},
            "units": values["units"],
            "validity_days": values["validity_days"],
            "deposit": self._deposit(),
            "max_discount_bp": values["max_discount"] or 0,
            "minimum_order": minimum and {"amount": minimum, "action": values["minimum_action"] or "warn"},
            "fitting": fitting and {"amount": fitting, "tax": "standard"},
        }

    def _deposit(self) -> dict[str, Any]:
        kind = self.cleaned_data["deposit_kind"]
        if kind == "percent":
            return {"kind": kind, "bp": self.cleaned_data["deposit_percent"]}
        return {"kind": kind} | ({"amount": self.cleaned_data["deposit_amount"]} if kind == "amount" else {})


class TaxRateForm(StyledForm):
    key = forms.RegexField(r"^[a-z][a-z0-9_]{0,30}$", label=_("Tax"), initial="standard")
    since = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    percent = PercentField(label=_("Rate"), required=True, help_text=_("%"))


def settings_values(piece: dict[str, Any]) -> dict[str, Any]:
    """The form's first values, as the settings stand."""
    settings = piece["settings"]
    deposit = settings.get("deposit", {"kind": "none"})
    return {
        "currency": piece["currency"],
        "prices_include_tax": settings.get("prices_include_tax", True),
        "tax_per": settings.get("tax_rounding", {}).get("level", "rate"),
        "units": settings.get("units", "mm"),
        "validity_days": settings.get("validity_days", 30),
        "deposit_kind": deposit["kind"],
        "deposit_percent": deposit.get("bp"),
        "deposit_amount": deposit.get("amount"),
        "max_discount": settings.get("max_discount_bp", 10_000),
        "minimum_order": settings.get("minimum_order", {}).get("amount"),
        "minimum_action": settings.get("minimum_order", {}).get("action", "warn"),
        "fitting": settings.get("fitting", {}).get("amount"),
    }
