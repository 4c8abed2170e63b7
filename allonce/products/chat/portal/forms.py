"""What a Client's people fill in. Every fault is said beside its field, and nothing typed is lost."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm, email_field
from allonce.products.chat.leads.models import LeadSettings
from allonce.products.chat.leads.models.settings import addresses
from allonce.products.chat.models import AgentProfile, Department, Placement

MOST_ADDRESSES = 20
ZONES = sorted(each for each in available_timezones() if "/" in each and not each.startswith(("Etc/", "SystemV/")))
SEMICOLONS = _("Several addresses: put a semicolon between them. Empty: switched off.")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _title_of(obj: Any) -> str:
    return str(obj.title)


class AddressesField(forms.CharField):
    """Mail addresses with semicolons between them."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        super().__init__(required=False, max_length=2000, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        given = addresses(super().clean(value).replace(",", ";").replace("\n", ";"))
        for each in given:
            try:
                validate_email(each)
            except ValidationError as error:
                wrong = now_("%s is no email address. Write it as in leads@example.com.") % each
                raise forms.ValidationError(wrong) from error
        if len(given) > MOST_ADDRESSES:
            raise forms.ValidationError(now_("At most twenty addresses."))
        return "; ".join(given)


class LinesField(forms.CharField):
    """One entry on each line."""

    def __init__(self, rows: int = 4, most: int = 200, **kwargs: Any) -> None:
        self.most = most
        super().__init__(required=False, max_length=20_000, widget=_area(rows), **kwargs)

    def clean(self, value: Any) -> list[str]:
        found = list(dict.fromkeys(each.strip() for each in super().clean(value).splitlines() if each.strip()))
        if len(found) > self.most:
            raise forms.ValidationError(now_("At most %d lines.") % self.most)
        return found

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class StartForm(HouseForm):
    kind = forms.ChoiceField(
        label=_("What you are"),
        choices=[
            ("", _("Choose")),
            ("merchant", _("A business that answers visitors")),
            ("provider", _("A listing site that carries businesses")),
        ],
    )
    shown_name = forms.CharField(label=_("Name that visitors see"), max_length=120)


class LeadSettingsForm(HouseForm):
    lead_addresses = AddressesField(label=_("Leads go to"), help_text=SEMICOLONS)
    transcript_addresses = AddressesField(
        label=_("Transcripts go to"), help_text=_("Besides the agent who answered. Several with semicolons.")
    )
    agents_get_transcripts = forms.BooleanField(label=_("The agent who answered gets one, too"), required=False)
    awaiting_addresses = AddressesField(
        label=_("Nightly list of those who wait for an answer"), help_text=_("Empty: no list.")
    )
    awaiting_hour = forms.TypedChoiceField(
        label=_("At"), coerce=int, choices=[(hour, f"{hour:02d}:00") for hour in range(24)]
    )


class AdfForm(HouseForm):
    adf_addresses = AddressesField(label=_("XML leads (ADF) go to"), help_text=SEMICOLONS)
    adf_url = forms.CharField(
        label=_("Or by HTTP to"),
        required=False,
        max_length=2000,
        help_text=_("A web address of your system that takes ADF by POST."),
    )
    adf_word = forms.CharField(
        label=_("Your own word"),
        required=False,
        max_length=40,
        help_text=_("Stands with the source's name, so that your system files the lead where you want it."),
    )
    adf_position = forms.ChoiceField(label=_("Where it stands"), choices=LeadSettings.Position.choices)


class NoticeForm(HouseForm):
    notice = forms.CharField(
        label=_("Notice before the first message"),
        required=False,
        max_length=2000,
        widget=_area(4),
        help_text=_(
            "Say what you use it for. {kept_for} in it becomes the time for which you keep it, as you set it here. "
            "Empty: the usual words with your name in them."
        ),
    )
    notice_url = forms.CharField(
        label=_("Address of your privacy policy"), required=False, max_length=500, help_text=_("Begins with https://.")
    )


class KeepingForm(HouseForm):
    retention_days = forms.IntegerField(
        label=_("Days to keep what visitors wrote"),
        min_value=1,
        max_value=3660,
        help_text=_("Counted from the last words. A year is usual; a legal hold keeps longer."),
    )
    blocked_words = LinesField(
        label=_("Words that are not taken"), help_text=_("One on each line. A message with one of them is refused.")
    )


class BusinessForm(HouseForm):
    shown_name = forms.CharField(label=_("Name that visitors see"), max_length=120)
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(each, each.replace("_", " ")) for each in ZONES])
    white_label = forms.BooleanField(label=_("Show only your own name, not ours"), required=False)
    ring_seconds = forms.IntegerField(
        label=_("Seconds until an unanswered visitor goes on by mail"), min_value=20, max_value=900
    )
    leave_seconds = forms.IntegerField(
        label=_("Seconds after a visitor left until it goes on by mail"),
        min_value=10,
        max_value=900,
        help_text=_("Who reloads the page or opens the next one is back within a few seconds."),
    )
    away_minutes = forms.IntegerField(label=_("Minutes until an idle agent counts as away"), min_value=1, max_value=240)


class PlacementForm(HouseForm):
    title = forms.CharField(label=_("Name for your reports"), max_length=80)
    label = forms.CharField(label=_("Words while somebody is there"), max_length=60, required=False)
    offline_label = forms.CharField(label=_("Words while nobody is there"), max_length=60, required=False)
    greeting = forms.CharField(label=_("Greeting in the chat"), max_length=300, required=False, widget=_area(2))
    icon = forms.ChoiceField(label=_("Icon"), choices=Placement.Icon.choices)
    colour = forms.CharField(label=_("Colour"), widget=forms.TextInput(attrs={"type": "color"}))
    size = forms.ChoiceField(label=_("Size"), choices=Placement.Size.choices)
    position = forms.ChoiceField(label=_("Where it stands"), choices=Placement.Position.choices)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=Placement.Theme.choices)
    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), required=False, empty_label=_("All")
    )
    sites = LinesField(
        label=_("Sites that may show it"),
        help_text=_("One on each line, as in https://www.example.com. Empty: every site."),
    )
    ask_name = forms.BooleanField(label=_("Ask for a name first"), required=False)
    ask_email = forms.BooleanField(label=_("Ask for an email address first"), required=False)
    ask_required = forms.BooleanField(label=_("Nobody can write without giving them"), required=False)
    dropin = forms.BooleanField(label=_("Invite visitors with a card that slides in"), required=False)
    dropin_text = forms.CharField(label=_("Its words"), max_length=160, required=False)
    dropin_delay = forms.IntegerField(label=_("Seconds before it comes"), min_value=0, max_value=3600)
    dropin_limit = forms.IntegerField(label=_("At most so often for each visitor"), min_value=0, max_value=100)
    dropin_span_minutes = forms.IntegerField(label=_("Within so many minutes"), min_value=1, max_value=43200)

    def __init__(self, *args: Any, departments: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = departments if departments is not None else Department.objects.none()
        field.label_from_instance = _title_of  # type: ignore[method-assign]

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"].lower()
        return colour


class AgentForm(HouseForm):
    name = forms.CharField(label=_("Name that visitors see"), max_length=60)
    mobile = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        required=False,
        help_text=_("For alerts by text. Visitors never see it."),
    )
    routing = forms.ChoiceField(label=_("Rings"), choices=AgentProfile.Routing.choices)
    limit = forms.IntegerField(label=_("Open conversations at most"), min_value=1, max_value=50)
    hot_leads = forms.BooleanField(label=_("Is told of hot leads"), required=False)
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: all of them."),
    )

    def __init__(self, *args: Any, departments: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["departments"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = departments if departments is not None else Department.objects.none()
        field.label_from_instance = _title_of  # type: ignore[method-assign]
        field.widget.attrs["class"] = "form-check-input"


class InviteAgentForm(HouseForm):
    email = email_field(_("Email"), "off", help_text=_("They get a link that is good for a week and serves once."))


class DepartmentForm(HouseForm):
    title = forms.CharField(label=_("Name"), max_length=80, help_text=_("Such as Sales or Service."))


class AnswerForm(HouseForm):
    shortcut = forms.CharField(label=_("Shortcut"), max_length=30, help_text=_("Typed after / in a conversation."))
    title = forms.CharField(label=_("Title"), max_length=80)
    text = forms.CharField(
        label=_("Answer"),
        max_length=4000,
        widget=_area(4),
        help_text=_("{visitor_name}, {agent_name}, {business}, {listing_title}, {listing_price} are filled in."),
    )


class ConsumerForm(HouseForm):
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = email_field(_("Email"), "off", required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class NoteForm(HouseForm):
    note = forms.CharField(label=_("Your note"), max_length=4000, required=False, widget=_area(3))


class TextForm(HouseForm):
    text = forms.CharField(label=_("Message"), max_length=4000, widget=_area(4))


class WebhookForm(HouseForm):
    url = forms.CharField(label=_("Web address"), max_length=2000, help_text=_("Begins with https://."))


class KeyForm(HouseForm):
    label = forms.CharField(label=_("What it is for"), max_length=60)
