"""What people fill in to use their rights."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm, password_field
from allonce.kernel.privacy.rights.models import Limit
from allonce.kernel.privacy.rights.services.correcting import LONGEST


class ConfirmForm(HouseForm):
    present = password_field(_("Your password"), "current-password")


class CorrectForm(HouseForm):
    value = forms.CharField(label=_("What it should say"), max_length=LONGEST)


class RestrictForm(HouseForm):
    ground = forms.ChoiceField(
        label=_("Because"), choices=Limit.Ground.choices, initial=Limit.Ground.ACCURACY, widget=forms.RadioSelect
    )


class EraseForm(HouseForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Type it as it stands above, so that nobody is erased by a slip."),
    )
    end_accounts = forms.BooleanField(label=_("End the accounts named above, for which only I answer"), required=False)

    def __init__(self, *args: object, asks_for_accounts: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_accounts:
            del self.fields["end_accounts"]
