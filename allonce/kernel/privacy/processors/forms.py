"""What the console asks about a processor, and an owner about regions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.clock import add_months, today
from allonce.kernel.declarations import CATEGORIES
from allonce.kernel.privacy.processors import queries, residency
from allonce.kernel.privacy.processors.models import Outcome, ProcessorVersion, Safeguard
from allonce.kernel.privacy.processors.regions import COUNTRIES, EEA, region_name


def _by_name(countries: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(countries.items(), key=lambda each: str(each[1]))


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **more)


class ProcessorForm(HouseForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(label=_("What it does for you"), max_length=300)
    data = forms.MultipleChoiceField(  # type: ignore[assignment]  # Django takes declared fields off the class
        label=_("Kinds of data it gets"),
        choices=[(code, each.says) for code, each in CATEGORIES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    country = forms.ChoiceField(label=_("Country"), choices=_by_name(COUNTRIES))
    connectors = forms.CharField(
        label=_("Connectors"),
        required=False,
        max_length=500,
        help_text=_("Ways on which data leaves for it, separated by blanks, such as mail:smtp.example.com."),
    )
    agreement_date = _day(_("Agreement signed on"))
    agreement_reference = forms.CharField(
        label=_("Where the agreement lies"), max_length=200, help_text=_("Your own reference, such as DPA-2026-014.")
    )
    safeguard = forms.ChoiceField(label=_("Safeguard for its country"), choices=Safeguard.choices)
    safeguard_date = _day(_("Safeguard dated"), required=False)
    safeguard_reference = forms.CharField(
        label=_("Where the safeguard's document lies"), max_length=200, required=False
    )
    assessed_on = _day(_("Assessed on"))
    outcome = forms.ChoiceField(label=_("What the assessment found"), choices=Outcome.choices)
    valid_until = _day(
        _("Good until"), help_text=_("From the day after, nothing goes there until it is assessed again.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data"].widget.attrs["class"] = "form-check-input"

    def clean_connectors(self) -> list[str]:
        return str(self.cleaned_data["connectors"]).casefold().replace(",", " ").split()


def _offered() -> list[tuple[str, str]]:
    """The installation's regions, where data lies, where processors are, and the wide ones that many agree to."""
    places = {*settings.ALLOWED_REGIONS, "GB", EEA, *(each.country for each in residency.storage_targets())}
    places |= {each.country for each in queries.in_use()}
    return sorted(((code, region_name(code)) for code in places), key=lambda each: each[1])


class RegionsForm(HouseForm):
    regions = forms.MultipleChoiceField(
        label=_("Your data may lie in and go to"), choices=_offered, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].widget.attrs["class"] = "form-check-input"


def blank() -> dict[str, Any]:
    """What a new entry starts with."""
    return {"country": settings.REGION, "assessed_on": today(), "valid_until": add_months(today(), 12)}


def initial_of(version: ProcessorVersion) -> dict[str, Any]:
    """A version's facts, to change some of them; the assessment is to be made anew."""
    facts = {name: getattr(version, name) for name in ProcessorForm.base_fields}
    return facts | {"connectors": " ".join(version.connectors)} | {"assessed_on": today()}
