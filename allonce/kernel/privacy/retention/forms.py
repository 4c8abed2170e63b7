"""What owners and staff fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import NAME_LENGTH, HouseForm


class EndForm(HouseForm):
    name = forms.CharField(
        label=_("Type the account's name to confirm"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class EndForCustomerForm(HouseForm):
    account = forms.UUIDField(label=_("Account"), help_text=_("Its id, from the list of accounts."))
    again = forms.UUIDField(label=_("The same id once more"), help_text=_("All its phones stop at once."))

    def clean(self) -> dict[str, object]:
        """Both must name the same account."""
        given = super().clean() or self.cleaned_data
        if given.get("account") and given.get("again") and given["account"] != given["again"]:
            self.add_error("again", _("These are two different accounts."))
        return given


class HoldForm(HouseForm):
    kind = forms.ChoiceField(
        label=_("What is held"),
        choices=[("account", _("All of an account")), ("person", _("All of a person")), ("row", _("One record"))],
    )
    table = forms.CharField(
        label=_("Table"), required=False, max_length=120, help_text=_("For one record: such as accounts.User.")
    )
    id = forms.CharField(label=_("Id"), max_length=64, help_text=_("Of the account, the person or the record."))
    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever it is about reads this word for word."),
    )
    authority = forms.CharField(
        label=_("Authority and case"), required=False, max_length=200, help_text=_("Only staff see this.")
    )
    until = forms.DateField(
        label=_("Expected to end"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("It does not end by itself: somebody releases it. Leave it empty if nobody knows."),
    )

    def clean(self) -> dict[str, object]:
        """One record needs its table; the rest has none."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") == "row" and not given.get("table"):
            self.add_error("table", _("Say in which table the record is."))
        return given
