"""What applicants and the Operator's staff fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import NAME_LENGTH, HouseForm, email_field

MOST_WORDS = 8000
MOST_TEXT = 20_000


class ApplicationForm(HouseForm):
    """Only what is needed to read and answer. The tick is never set beforehand."""

    name = forms.CharField(
        label=_("Your name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = email_field(_("Your email"), help_text=_("We answer there, and the link to withdraw goes there."))
    words = forms.CharField(
        label=_("Why you"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you would bring to this job. Leave out what it does not need: age, family, health, beliefs."),
    )
    cv = forms.FileField(
        label=_("CV, if you like"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_("A PDF of at most 5 MB."),
    )
    consent = forms.BooleanField(
        label=_("Consent"), error_messages={"required": _("Without your consent we may not keep an application.")}
    )


class VacancyForm(HouseForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    slug = forms.SlugField(
        label=_("Address"), max_length=60, help_text=_("The end of its public address, such as fitter-leeds.")
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Markdown: a line that starts with ## is a heading, one that starts with - a point of a list."),
    )
    closes_on = forms.DateField(
        label=_("Open through"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    keep_months = forms.IntegerField(
        label=_("Months to keep applications after that"),
        min_value=1,
        max_value=12,
        initial=6,
        help_text=_("Applicants are told the day. Everything of theirs goes then, backups included."),
    )


class AnswerForm(HouseForm):
    state = forms.ChoiceField(
        label=_("Answer"), choices=[("", _("Choose")), ("invited", _("Invite")), ("refused", _("Refuse"))]
    )
    said = forms.CharField(
        label=_("What you write"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Mailed in your words, and not kept here."),
    )
