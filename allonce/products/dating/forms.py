"""What members fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import PASSWORD_HINT, HouseForm, email_field, password_field
from allonce.kernel.legal.ages import plausible
from allonce.products.dating import places
from allonce.products.dating.models import Member, Report
from allonce.products.dating.services.evidence import WHAT
from allonce.products.dating.services.profile import FURTHEST_KM, NEAREST_KM, OLDEST, YOUNGEST
from allonce.products.dating.words import INTERESTS, MOST_ANSWERS, MOST_INTERESTS, QUESTIONS

LONGEST_ABOUT = 1000
LONGEST_ANSWER = 200
LONGEST_REPORT = 4000
NAME_LENGTH = 40
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "7"}


class JoinForm(HouseForm):
    birth_date = forms.DateField(
        label=_("Your date of birth"),
        widget=forms.DateInput({"type": "date", "autocomplete": "bday"}, "%Y-%m-%d"),
        help_text=_("You must be 18 or older. Others see your age, never the date."),
        validators=[plausible],
    )
    email = email_field(_("Your email"))
    phone = forms.CharField(
        label=_("Your mobile number"),
        max_length=30,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "placeholder": "+44 7400 123456"}),
        help_text=_("With its country code. It gets a code by text message, and is shown to nobody."),
    )


class CodesForm(HouseForm):
    mail_code = forms.CharField(label=_("Code from the mail"), max_length=7, widget=forms.TextInput(CODE))
    text_code = forms.CharField(label=_("Code from the text message"), max_length=7, widget=forms.TextInput(CODE))
    first_name = forms.CharField(
        label=_("Your first name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        help_text=_("As your dates see it. Leave your surname out."),
    )
    password = password_field(_("Password"), "new-password", help_text=PASSWORD_HINT)


class ArrivalForm(HouseForm):
    """What came over from another service, to be checked and changed. `carried` goes back as it came."""

    first_name = forms.CharField(
        label=_("Your first name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        help_text=_("As your dates see it. Leave your surname out."),
    )
    birth_date = forms.DateField(
        label=_("Your date of birth"),
        widget=forms.DateInput({"type": "date", "autocomplete": "bday"}, "%Y-%m-%d"),
        help_text=_("You must be 18 or older. Others see your age, never the date."),
        validators=[plausible],
    )
    interests = forms.MultipleChoiceField(
        label=_("Interests"),
        required=False,
        choices=list(INTERESTS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to eight. Those that you share with your date are named to both of you."),
    )
    carried = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, proved: bool, has_picture: bool, **kwargs: Any) -> None:
        self._proved, self._has_picture = proved, has_picture
        super().__init__(*args, **kwargs)

    def more_fields(self) -> dict[str, forms.Field]:
        """An address that was not proved, and the picture, if there is one."""
        hint = _("It gets a code, so that nobody joins as you.")
        mail: dict[str, forms.Field] = {} if self._proved else {"email": email_field(_("Your email"), help_text=hint)}
        picture = forms.BooleanField(label=_("Take this picture over"), required=False)
        return {**mail, "picture": picture} if self._has_picture else mail

    def clean_interests(self) -> list[str]:
        """Eight at most."""
        chosen: list[str] = self.cleaned_data["interests"]
        if len(chosen) > MOST_INTERESTS:
            raise forms.ValidationError(_("Choose eight at most: those you would talk about on a first date."))
        return chosen


class MailCodeForm(HouseForm):
    mail_code = forms.CharField(label=_("Code from the mail"), max_length=7, widget=forms.TextInput(CODE))
    carried = forms.CharField(widget=forms.HiddenInput)


class WhoForm(HouseForm):
    """Who somebody is and hopes to meet. Sensitive: nothing of it is kept without the tick, which is never preset."""

    sex = forms.ChoiceField(label=_("You are"), choices=Member.Sex.choices, widget=forms.RadioSelect)
    seeks = forms.MultipleChoiceField(
        label=_("You hope to meet"),
        choices=[("woman", _("Women")), ("man", _("Men")), ("other", _("People of another gender"))],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, consented: bool = False, **kwargs: Any) -> None:
        self._consented = consented
        super().__init__(*args, **kwargs)

    def more_fields(self) -> dict[str, forms.Field]:
        """The tick, until it was given."""
        missing = _("Without this consent we may not use whom you hope to meet, nor keep it.")
        tick = forms.BooleanField(label=_("Consent"), error_messages={"required": missing})
        return {} if self._consented else {"consent": tick}


class PlaceField(forms.CharField):
    """A town by its name; becomes a Town."""

    def clean(self, value: Any) -> Any:
        """The town, or a word on how to find it."""
        found = places.named(super().clean(value))
        if found is None:
            raise forms.ValidationError(
                _("We do not know this town. Choose one from the list, or a larger one nearby.")
            )
        return found


class HopesForm(HouseForm):
    place = PlaceField(
        label=_("Your town"),
        max_length=120,
        widget=forms.TextInput({"list": "towns", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Of where you are we keep the middle of your town and nothing more exact."),
    )
    youngest = forms.IntegerField(label=_("From age"), min_value=YOUNGEST, max_value=OLDEST)
    oldest = forms.IntegerField(label=_("To age"), min_value=YOUNGEST, max_value=OLDEST)
    km = forms.IntegerField(label=_("Within kilometres"), min_value=NEAREST_KM, max_value=FURTHEST_KM)
    further = forms.BooleanField(label=_("Rather somebody from further away than nobody"), required=False)


class ProfileForm(HouseForm):
    first_name = forms.CharField(label=_("First name"), max_length=NAME_LENGTH)
    about = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What a friend would say of you. Leave out surname, address, number and links."),
    )
    interests = forms.MultipleChoiceField(
        label=_("Interests"),
        required=False,
        choices=list(INTERESTS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to eight. Those that you share with your date are named to both of you."),
    )

    def more_fields(self) -> dict[str, forms.Field]:
        """A line for each question; most stay empty."""
        hint = {"maxlength": str(LONGEST_ANSWER)}
        return {
            f"answer_{code}": forms.CharField(
                label=text, required=False, max_length=LONGEST_ANSWER, widget=forms.TextInput(hint)
            )
            for code, text in QUESTIONS.items()
        }

    def clean(self) -> dict[str, Any]:
        """Collect the answers; three at most."""
        given = super().clean() or {}
        found = {code: given.get(f"answer_{code}", "").strip() for code in QUESTIONS}
        given["answers"] = {code: text for code, text in found.items() if text}
        if len(given["answers"]) > MOST_ANSWERS:
            self.add_error(None, _("Answer three questions at most: those that start a conversation."))
        return given


class ReportForm(HouseForm):
    """`with_messages` is offered only where the two write to each other."""

    category = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Category.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_REPORT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "What happened, and when. You are never named, but they may ask for a copy of what is held of them."
        ),
    )
    with_messages = forms.BooleanField(label=_("Show our last 20 messages to whoever decides"), required=False)
    block = forms.BooleanField(label=_("Block them, too"), required=False, initial=True)

    def __init__(self, *args: Any, with_messages: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_messages:
            del self.fields["with_messages"]


class ExplainForm(HouseForm):
    text = forms.CharField(
        label=_("Your explanation"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What happened, from your side. It goes to the people who decide, and to nobody else."),
    )


class PlanForm(HouseForm):
    with_name = forms.CharField(label=_("Whom you meet, by first name"), max_length=NAME_LENGTH)
    where = forms.CharField(
        label=_("Where"), max_length=200, help_text=_("A busy public place: a café, a market, a museum.")
    )
    meets = forms.DateTimeField(
        label=_("When"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, matches: list[tuple[str, str]], **kwargs: Any) -> None:
        self._matches = matches
        super().__init__(*args, **kwargs)

    def more_fields(self) -> dict[str, forms.Field]:
        """Which of their matches it is, so that they may speak of the date afterwards; nobody need say."""
        if not self._matches:
            return {}
        hint = _("If you choose, you are asked afterwards how it was, in confidence. Your match is told nothing.")
        choices = [("", _("I would rather not say")), *self._matches]
        return {"match": forms.ChoiceField(label=_("Is it a match?"), required=False, choices=choices, help_text=hint)}


class ComplainForm(HouseForm):
    text = forms.CharField(label=_("What went wrong?"), max_length=LONGEST_REPORT, widget=forms.Textarea({"rows": 6}))


class EvidenceForm(HouseForm):
    what = forms.MultipleChoiceField(
        label=_("What is kept, and leaves members' sight"),
        choices=list(WHAT.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever it is about reads this word for word."),
    )
    authority = forms.CharField(
        label=_("Authority and case"), required=False, max_length=200, help_text=_("Only staff see this.")
    )
    until = forms.DateField(
        label=_("Expected to end"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("It does not end by itself: somebody releases it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].widget.attrs["class"] = "form-check-input"
