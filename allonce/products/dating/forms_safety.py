"""What members fill in of people they know, of days elsewhere, and to have their photos checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel import uploads
from allonce.kernel.accounts.forms import HouseForm
from allonce.products.dating.forms import PlaceField

MOST_BYTES = 2_000_000


class ContactsForm(HouseForm):
    """Numbers and addresses, typed, chosen or in a file. `all` is the text of both; none of it is stored."""

    text = forms.CharField(
        label=_("Numbers and email addresses"),
        required=False,
        max_length=300_000,
        widget=forms.Textarea({"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One on each line, with or without names. A number without a country code is taken as a UK one."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.FileInput({"accept": ".vcf,.txt,.csv,text/vcard,text/plain,text/csv"}),
        help_text=_("What your address book exports (.vcf), or plain text. It is read once and not kept."),
    )

    def clean_file(self) -> str:
        """The file as text."""
        given = self.cleaned_data["file"]
        if not given:
            return ""
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is over 2 MB. Export it without pictures."))
        data = given.read()
        try:
            uploads.refuse_malware(data)
        except uploads.UploadRefused as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
        return str(data.decode("utf-8-sig", "replace"))

    def clean(self) -> dict[str, Any]:
        """Either of the two will do."""
        given = super().clean() or {}
        given["all"] = "\n".join([given.get("text", ""), given.get("file", "")]).strip()
        if not given["all"] and not self.errors:
            self.add_error("text", _("Write at least one number or address, or choose a file."))
        return given


class TravelForm(HouseForm):
    place = PlaceField(
        label=_("Where to"),
        max_length=120,
        widget=forms.TextInput({"list": "towns", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("A town. Of it we keep the middle and nothing more exact."),
    )
    first = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class SelfieForm(HouseForm):
    """The tick is for a person's look at a face, and is never preset."""

    selfie = forms.FileField(
        label=_("Your selfie"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp", "capture": "user"}),
        error_messages={"required": _("Take the picture first.")},
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that a person of the staff looks at this selfie and compares my face with my photos, by eye. "
            "No program does, and no measure of my face is made. I can withdraw this at any time."
        ),
        error_messages={"required": _("Without this consent nobody may look at it, and nothing was sent.")},
    )
