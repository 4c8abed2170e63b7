"""What an owner fills in to take a backup or to restore one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm, password_field

_PRESENT = _("So that nobody does this at a desk that you left.")


class TakeForm(HouseForm):
    file_password = password_field(
        _("Password for the file, if you like"),
        "new-password",
        required=False,
        help_text=_("With one, nobody opens the file without it, and nobody can bring it back if you forget it."),
    )
    present = password_field(_("Your sign-in password"), "current-password", help_text=_PRESENT)


class RestoreForm(HouseForm):
    prefix = "restore"

    file = forms.FileField(label=_("Backup file"), help_text=_("Up to 30 MB here. The Operator restores larger ones."))
    file_password = password_field(
        _("Password of the file"), "off", required=False, help_text=_("Only if it was taken with one.")
    )
    present = password_field(_("Your sign-in password"), "current-password", help_text=_PRESENT)
