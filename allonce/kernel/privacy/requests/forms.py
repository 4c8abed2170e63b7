"""What people fill in at the desk, before it and behind it."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import NAME_LENGTH, HouseForm, email_field
from allonce.kernel.clock import today
from allonce.kernel.privacy.requests.models import RightsRequest
from allonce.kernel.privacy.requests.models.asked import Right
from allonce.kernel.privacy.requests.services.identity import SHORTEST_REASON
from allonce.kernel.privacy.requests.services.transfers import NOTICE_DAYS

LONG = 5000
FILE_TYPES = "application/pdf,image/jpeg,image/png"


def text_field(label: object, rows: int = 4, most: int = LONG, **more: object) -> forms.CharField:
    """Several lines of words."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)  # type: ignore[arg-type]


def reason_field(hint: object = "") -> forms.CharField:
    """Why; the sender reads it."""
    return text_field(_("Reason"), 3, 2000, min_length=SHORTEST_REASON, help_text=hint)


def day_field(label: object, **more: object) -> forms.DateField:
    """A calendar day."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **more)  # type: ignore[arg-type]


class AskForm(HouseForm):
    right = forms.ChoiceField(label=_("What do you want?"), choices=Right.choices)
    name = forms.CharField(
        label=_("Your name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = email_field(_("Your email"), help_text=_("Our answer goes there. Use the address we know you by, if any."))
    words = text_field(_("In your own words"), help_text=_("What it is about. You need not give a reason."))
    about = forms.CharField(label=_("Service or business it is about (if you know)"), max_length=200, required=False)


class AskSignedInForm(HouseForm):
    right = forms.ChoiceField(label=_("What do you want?"), choices=Right.choices)
    words = text_field(_("In your own words"), help_text=_("What it is about. You need not give a reason."))
    about = forms.CharField(label=_("Service it is about (if you know)"), max_length=200, required=False)


class WriteDownForm(AskForm):
    channel = forms.ChoiceField(label=_("It came by"), choices=RightsRequest.Channel.choices[1:])
    received_on = day_field(_("It came on"), help_text=_("The month runs from this day."))


class ReplyForm(HouseForm):
    words = text_field(_("Your answer"))


class DocumentForm(HouseForm):
    file = forms.FileField(
        label=_("Copy of the document"),
        widget=forms.ClearableFileInput(attrs={"accept": FILE_TYPES}),
        help_text=_("PDF, JPEG or PNG, up to 8 MB. You may black out everything but your name."),
    )


class NothingForm(HouseForm):
    """A button is all there is."""


class DoubtForm(HouseForm):
    reason = reason_field(_("The sender reads this. Say what makes you doubt, not what you know about anybody."))


class AcceptForm(HouseForm):
    reason = reason_field(_("What the document shows, such as: name and signature agree. Copy no number from it."))
    known_email = email_field(
        _("Address we know them by, if it is another"),
        "off",
        required=False,
        help_text=_("Only where they lost that mailbox."),
    )


class ReasonForm(HouseForm):
    reason = reason_field(_("The sender reads this word for word."))


class LookForm(HouseForm):
    reason = reason_field(_("It stays in the history of the request."))


class QuestionForm(HouseForm):
    question = text_field(_("Question"), 3, 2000, min_length=SHORTEST_REASON)


class ClarifiedForm(HouseForm):
    words = text_field(_("What they said"), 3)


class ExtendForm(HouseForm):
    months = forms.TypedChoiceField(label=_("By"), coerce=int, choices=[(1, _("one month")), (2, _("two months"))])
    reason = reason_field(_("The sender reads this: why it is complex, or one of many."))


class FeeForm(HouseForm):
    pounds = forms.DecimalField(
        label=_("Fee in GBP"), min_value=1, max_value=500, decimal_places=2, help_text=_("What the answer costs us.")
    )
    reason = reason_field(_("The sender reads this, with your name."))


class AnswerForm(HouseForm):
    words = text_field(
        _("Answer"), 8, help_text=_("The authority, its address and how to complain are added to every answer.")
    )
    deed = forms.ChoiceField(label=_("And do this"), choices=RightsRequest.Deed.choices)
    typed = forms.CharField(
        label=_("To erase, type the reference"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class PlainAnswerForm(HouseForm):
    words = text_field(_("Answer"), 8, help_text=_("The sender is not proved: write nothing about anybody's data."))


class PassOnForm(HouseForm):
    account_email = email_field(
        _("Email of the account"), "off", help_text=_("Its owners are told, and answer instead of us.")
    )


class DisclosureForm(HouseForm):
    authority = forms.CharField(label=_("Authority"), max_length=200)
    reference = forms.CharField(label=_("Its reference"), max_length=120, required=False)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300, help_text=_("The law and the order that demand it.")
    )
    concerns = email_field(
        _("Email of the person or account concerned"),
        "off",
        required=False,
        help_text=_("They are told, unless the law forbids it."),
    )
    scope_asked = text_field(_("What was asked for"), 3)
    scope_given = text_field(_("What is given"), 3)
    left_out = text_field(_("What is left out, and why"), 3)
    limited = forms.BooleanField(label=_("Nothing beyond what the law demands is given"), required=False)
    file = forms.FileField(
        label=_("Copy of what is given"),
        required=False,
        widget=forms.FileInput(attrs={"accept": FILE_TYPES}),
        help_text=_("PDF, JPEG or PNG, up to 8 MB. It is kept sealed."),
    )
    four_eyes = forms.BooleanField(label=_("A second person must agree before it counts as given"), required=False)
    withheld_until = day_field(
        _("Those concerned may not be told until"), required=False, help_text=_("Leave empty to tell them now.")
    )
    withheld_because = text_field(_("Why they may not be told"), 2, required=False)


class TransferForm(HouseForm):
    new_owner = forms.CharField(label=_("New owner"), max_length=200, help_text=_("Name and place of the business."))
    transfer_on = day_field(_("Day of the change"))
    text = text_field(_("What people are told"), 8, help_text=_("Who takes over, why, and what changes for them."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        first = today() + timedelta(days=NOTICE_DAYS)
        self.fields["transfer_on"].widget.attrs["min"] = first.isoformat()
        self.fields["transfer_on"].help_text = _("At least thirty days ahead.")
