"""What Providers fill in."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm, email_field

ZONES = sorted(each for each in available_timezones() if "/" in each and not each.startswith(("Etc/", "SystemV/")))


class MerchantForm(HouseForm):
    id = forms.CharField(label=_("Your number of it"), max_length=80)
    name = forms.CharField(label=_("Name of the business"), max_length=120)
    email = email_field(_("Its primary contact"), "off", help_text=_("Gets an invitation to take the account over."))
    profile = forms.ChoiceField(label=_("Profile"), required=False)

    def __init__(self, *args: object, titles: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["profile"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Usual settings")), *((each, each) for each in titles)]


class TableForm(HouseForm):
    file = forms.FileField(
        label=_("CSV file"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )
    text = forms.CharField(
        label=_("Or paste the table"), required=False, max_length=2_000_000, widget=forms.Textarea(attrs={"rows": 6})
    )


class ProfileForm(HouseForm):
    title = forms.CharField(label=_("Name of the profile"), max_length=60)
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(each, each.replace("_", " ")) for each in ZONES])
    retention_days = forms.IntegerField(label=_("Days to keep what visitors wrote"), min_value=1, max_value=3660)
    ring_seconds = forms.IntegerField(
        label=_("Seconds until an unanswered visitor goes on by mail"), min_value=20, max_value=900
    )
    notice = forms.CharField(
        label=_("Notice before the first message"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    notice_url = forms.CharField(label=_("Address of the privacy policy"), required=False, max_length=500)
    adf_word = forms.CharField(label=_("Word in ADF"), required=False, max_length=40)
    adf_position = forms.ChoiceField(
        label=_("Where it stands"), choices=[("before", _("Before the name")), ("after", _("After the name"))]
    )
