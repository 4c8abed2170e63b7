"""What people and staff fill in about choices, and what staff write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm, email_field
from allonce.kernel.clock import today
from allonce.kernel.legal.marketing.models import Assessment, Change, Channel, Source
from allonce.kernel.legal.marketing.purposes import ALL, marketing_purposes

_DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")
_BY_STAFF = [Channel.TELEPHONE, Channel.POST, Channel.EMAIL]


def _purposes() -> list[tuple[str, Any]]:
    return [(purpose.code, purpose.label) for purpose in marketing_purposes()]


def _purposes_and_all() -> list[tuple[str, Any]]:
    return [*_purposes(), (ALL, _("Every kind of marketing"))]


def _past_day(day: Any) -> Any:
    if day and day > today():
        raise forms.ValidationError(_("Choose today or an earlier day."))
    return day


class NewsletterJoinForm(HouseForm):
    email = email_field(_("Email"))


class FindContactForm(HouseForm):
    email = email_field(_("Email"), "off", help_text=_("The exact address; it is searched by a keyed hash of it."))


class StopForm(HouseForm):
    """Somebody told staff to stop: by telephone, post or email."""

    purpose = forms.ChoiceField(label=_("What stops"), choices=_purposes_and_all, initial=ALL)
    channel = forms.ChoiceField(label=_("How they told us"), choices=[(each.value, each.label) for each in _BY_STAFF])
    on = forms.DateField(label=_("When it reached us"), widget=_DAY, initial=today)

    def clean_on(self) -> Any:
        return _past_day(self.cleaned_data["on"])


class AllowForm(HouseForm):
    """Somebody agreed, enquired or bought, as staff were told."""

    GROUNDS = [
        (Change.Act.GIVEN, _("They agreed, after the sentence was read to them")),
        (Change.Act.SOFT_OPT_IN, _("They enquired or bought, and were offered to object")),
        (Change.Act.INTEREST, _("Legitimate interest, for an address of a business")),
    ]
    ground = forms.ChoiceField(label=_("On what ground"), choices=GROUNDS)
    purpose = forms.ChoiceField(label=_("What for"), choices=_purposes)
    channel = forms.ChoiceField(label=_("How they told us"), choices=[(each.value, each.label) for each in _BY_STAFF])
    on = forms.DateField(label=_("When"), widget=_DAY, initial=today)
    source = forms.ChoiceField(
        label=_("From an enquiry or a sale"), choices=[("", _("Neither")), *Source.choices], required=False
    )
    offered = forms.BooleanField(label=_("They were offered to object then, and did not"), required=False)

    def clean_on(self) -> Any:
        return _past_day(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("ground") == Change.Act.SOFT_OPT_IN and not given.get("source"):
            self.add_error("source", _("Say whether it was an enquiry or a sale."))
        return given


class NewsletterForm(HouseForm):
    purpose = forms.ChoiceField(label=_("List"), choices=_purposes)
    subject = forms.CharField(label=_("Subject"), max_length=150)
    body = forms.CharField(
        label=_("Words"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Markdown: a blank line between paragraphs, **bold**, [words](https://address). No pictures."),
    )


def _reasoning(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label, min_length=20, max_length=8000, widget=forms.Textarea(attrs={"rows": 4}), help_text=hint
    )


class AssessmentForm(HouseForm):
    purpose = forms.ChoiceField(label=_("For what"), choices=_purposes)
    interest = _reasoning(_("The interest"), _("What is wanted, and who gains by it?"))
    necessity = _reasoning(_("Necessity"), _("Is there a milder way to the same end?"))
    balancing = _reasoning(_("Balancing"), _("What would those written to expect, and what would it cost them?"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Assessment.Outcome.choices)
    review_by = forms.DateField(label=_("To be reviewed by"), widget=_DAY)
