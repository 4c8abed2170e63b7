"""What people fill in about themselves and their account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models.entitlements import Service
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.ports import sign_up_questions
from allonce.kernel.accounts.services.staff import LOOK_MINUTES, SHORTEST_REASON
from allonce.kernel.errors import UserError

NAME_LENGTH = 120
PASSWORD_HINT = _("At least twelve characters. Three or four unrelated words are easy to remember.")


class HouseForm(forms.Form):
    """Fields in the house's style, and errors of services shown beside the field they are about."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(self.more_fields())
        for name, field in self.fields.items():
            kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            if isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
                kind = "form-check-input"
            wrong = " is-invalid" if self.is_bound and name in self.errors else ""
            field.widget.attrs["class"] = kind + wrong

    def more_fields(self) -> dict[str, forms.Field]:
        """Fields that are only known when the form is shown."""
        return {}

    def take(self, error: UserError) -> None:
        """Show a service's error: beside its fields, or above the form."""
        placed = {name: text for name, text in error.fields.items() if name in self.fields}
        for name, text in placed.items():
            self.add_error(name, text)
            self.fields[name].widget.attrs["class"] += " is-invalid"
        if not placed:
            self.add_error(None, str(error.message))


def email_field(label: Any, autocomplete: str = "email", **kwargs: Any) -> forms.EmailField:
    """An address, typed without help from spelling correction."""
    attrs = {
        "autocomplete": autocomplete,
        "autocapitalize": "none",
        "spellcheck": "false",
        "inputmode": "email",
    }
    return forms.EmailField(label=label, widget=forms.EmailInput(attrs=attrs), max_length=254, **kwargs)


def password_field(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    """A password: never trimmed, named so that password managers help."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget, max_length=1024, **kwargs)


class SignInForm(HouseForm):
    email = email_field(_("Email"), "username")
    password = password_field(_("Password"), "current-password")


class RecoveryCodeForm(HouseForm):
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        help_text=_("One of the codes you kept for a lost passkey. Each works once."),
    )


class AddressForm(HouseForm):
    email = email_field(_("Email"))


class AskingForm(HouseForm):
    """For whoever is new here: also asks what other rooms have to know."""

    def more_fields(self) -> dict[str, forms.Field]:
        """The registered questions."""
        return {name: field for question in sign_up_questions() for name, field in question.fields().items()}


class SignUpForm(AskingForm):
    name = forms.CharField(
        label=_("Your name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    account_name = forms.CharField(
        label=_("Name of the business"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        help_text=_("It stands at the top of every page. You can change it later."),
    )
    password = password_field(_("Password"), "new-password", help_text=PASSWORD_HINT)


class AccountNameForm(HouseForm):
    name = forms.CharField(label=_("Name of the business"), max_length=NAME_LENGTH)


class JoinForm(AskingForm):
    name = forms.CharField(
        label=_("Your name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = password_field(_("Password"), "new-password", help_text=PASSWORD_HINT)


class NewPasswordForm(HouseForm):
    password = password_field(_("New password"), "new-password", help_text=PASSWORD_HINT)


class ChangePasswordForm(HouseForm):
    present = password_field(_("Present password"), "current-password")
    password = password_field(_("New password"), "new-password", help_text=PASSWORD_HINT)


class InviteForm(HouseForm):
    email = email_field(_("Email"), "off")
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.OFFICE)


class GrantForm(HouseForm):
    service = forms.ChoiceField(label=_("Service"), choices=Service.choices)
    until = forms.DateField(label=_("Through"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class LookForm(HouseForm):
    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The account's owner reads this word for word. Name the ticket, not people."),
    )
    minutes = forms.TypedChoiceField(
        label=_("For"), coerce=int, choices=[(each, _("%d minutes") % each) for each in LOOK_MINUTES]
    )
