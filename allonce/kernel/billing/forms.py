"""What staff fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.billing.catalogue.register import label_of, products


class ReceiptForm(HouseForm):
    number = forms.CharField(label=_("Receipt number"), max_length=40)


class PriceForm(HouseForm):
    """`amount` is in minor units, as prices are registered."""

    amount = forms.IntegerField(
        label=_("New price"), help_text=_("In minor units: 1999 is 19.99. Tax included."), min_value=1, max_value=10**7
    )
    effective_on = forms.DateField(
        label=_("From"),
        help_text=_("A higher price needs at least 60 days' notice."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["product", "amount", "effective_on"])

    def more_fields(self) -> dict[str, forms.Field]:
        """What is for sale at the moment."""
        choices = [(each.code, label_of(each.code)) for each in products()]
        return {"product": forms.ChoiceField(label=_("What"), choices=choices)}
