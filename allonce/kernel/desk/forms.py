"""What people fill in, before the desk and behind it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import NAME_LENGTH, HouseForm, email_field
from allonce.kernel.desk.models import Dispute, Ticket
from allonce.kernel.desk.models.knowledge import AFTER

LONG = 10_000
FILES = "application/pdf,image/jpeg,image/png,image/webp,image/gif"


def _text(label: Any, rows: int = 6, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _file() -> forms.FileField:
    widget = forms.ClearableFileInput(attrs={"accept": FILES})
    return forms.FileField(label=_("A picture or PDF (if it helps)"), required=False, widget=widget)


def _subject() -> forms.CharField:
    return forms.CharField(label=_("What is it about?"), max_length=120)


class AskForm(HouseForm):
    name = forms.CharField(
        label=_("Your name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = email_field(_("Your email"), help_text=_("Our answer goes there."))
    subject = _subject()
    words = _text(_("Your question"))
    file = _file()


class AskSignedInForm(HouseForm):
    subject = _subject()
    words = _text(_("Your question"))
    file = _file()


class WriteForm(HouseForm):
    words = _text(_("Write"), 4)
    file = _file()


class DisputeForm(HouseForm):
    subject = _subject()
    happened_on = forms.DateField(
        label=_("When did it happen?"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("Within the last fourteen days. If it was earlier, a person decides whether we take it."),
    )
    words = _text(_("What happened, and what would put it right?"))
    access = forms.BooleanField(
        label=_("Staff may look at our account's data for this case. That ends with the case."),
        required=False,
    )


class RateForm(HouseForm):
    stars = forms.TypedChoiceField(
        label=_("How was it?"),
        choices=[(5, _("Very good")), (4, _("Good")), (3, _("So so")), (2, _("Bad")), (1, _("Very bad"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = _text(_("Anything to add? (optional)"), 3, required=False)


class WriteDownForm(AskForm):
    """A call, written down while it goes on."""

    kind = forms.ChoiceField(label=_("It is"), choices=Ticket.Kind.choices[:2])
    priority = forms.ChoiceField(label=_("Priority"), choices=Ticket.Priority.choices, initial="normal")


class AnswerForm(HouseForm):
    words = _text(_("Your answer"), 8)
    after = forms.ChoiceField(label=_("Then it"), choices=AFTER)
    minutes = forms.IntegerField(label=_("Minutes it took"), min_value=0, max_value=1440, required=False)
    file = _file()
    revision = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(HouseForm):
    words = _text(_("Note"), 4, help_text=_("Staff alone read it."))


class SortForm(HouseForm):
    kind = forms.ChoiceField(label=_("It is"), choices=Ticket.Kind.choices[:2])
    priority = forms.ChoiceField(label=_("Priority"), choices=Ticket.Priority.choices)


class TimeForm(HouseForm):
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)


class MergeForm(HouseForm):
    number = forms.RegexField(
        r"^\s*(?:[Tt]-?)?\d{1,9}\s*$",
        label=_("Into ticket"),
        help_text=_("Another open ticket, such as T-1042. What is said here stands there, too."),
    )


class DecideForm(HouseForm):
    outcome = forms.ChoiceField(label=_("What comes of it"), choices=Dispute.Outcome.choices)
    reasons = _text(_("Why"), 5, help_text=_("The sender reads it."))


class PlainForm(HouseForm):
    """A button and nothing else."""


class ArticleForm(HouseForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = _text(_("Text"), 14, help_text=_("Paragraphs with an empty line between; **bold** and - lists as usual."))
    published = forms.BooleanField(label=_("Everybody may read it"), required=False)


class ReplyForm(HouseForm):
    title = forms.CharField(label=_("Name"), max_length=80, help_text=_("What staff choose it by."))
    text = _text(
        _("Words"),
        8,
        help_text=_("{name}, {number} and {subject} become what they are on the ticket."),
    )
    after = forms.ChoiceField(label=_("Then the ticket"), choices=AFTER)
