"""What matchmakers fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm


class LookForm(HouseForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Everybody whom you look at reads this word for word. Name nobody."),
    )
