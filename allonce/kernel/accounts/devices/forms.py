"""What Setup fills in about a User."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.devices.services.users import LONGEST_NAME, UserDetails
from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.accounts.models import User


class UserForm(HouseForm):
    """A User's details; the discount limit is typed in per cent."""

    user_id = forms.CharField(
        label=_("User ID"),
        max_length=8,
        help_text=_("Short, such as initials: JB. It stands in quote numbers, so letters and digits only."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    max_discount = forms.DecimalField(
        label=_("Discount limit"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        initial=0,
        help_text=_("The greatest discount in per cent that this User may give on a quote."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    @staticmethod
    def values_of(user: User) -> dict[str, Any]:
        """What the form shows of an existing User."""
        percent = Decimal(user.max_discount_bp) / 100
        return {"user_id": user.user_id, "name": user.name, "max_discount": f"{percent:f}"}

    @staticmethod
    def details(given: dict[str, Any]) -> UserDetails:
        """The typed details, with the limit in basis points."""
        return UserDetails(given["user_id"], given["name"], int(given["max_discount"] * 100))
