"""How old somebody must be to use a service, as dated rules, and the question that sign-up asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.ports import NotAdmitted
from allonce.kernel.clock import today

OLDEST = 120


@dataclass(frozen=True)
class AgeRule:
    """From `since` on nobody younger than `years` may use the service; `source` is where that is promised."""

    service: str
    years: int
    since: date
    source: str


RULES = (
    AgeRule("field", 16, date(2026, 1, 1), "terms of use, section 2"),
    AgeRule("dating", 18, date(2026, 1, 1), "terms of use, section 2"),
)


class TooYoung(NotAdmitted):
    """The birth date given is too late; nothing of the attempt is kept."""

    code = "too_young"


def least_age(service: str, on: date | None = None) -> int:
    """Completed years that the rule in force on that day asks for. KeyError for a service without a rule."""
    day = on or today()
    found = [rule for rule in RULES if rule.service == service and rule.since <= day]
    if not found:
        raise KeyError(service)
    return max(found, key=lambda rule: rule.since).years


def has_reached(birth: date, years: int, on: date) -> bool:
    """Whether somebody born on that day has completed so many years. Born on 29 February: on 1 March elsewhere."""
    try:
        birthday = birth.replace(year=birth.year + years)
    except ValueError:
        birthday = date(birth.year + years, 3, 1)
    return on >= birthday


def require_age(service: str, birth: date) -> None:
    """Raise TooYoung unless whoever was born on that day may use the service today. Keeps nothing."""
    day = today()
    years = least_age(service, day)
    if not has_reached(birth, years, day):
        raise TooYoung(
            _(
                "You must be %(years)s or older to use this service. Nothing that you typed was kept, "
                "and your address was deleted. You are welcome once you are %(years)s."
            )
            % {"years": years}
        )


def plausible(birth: date) -> None:
    """Refuse slips of the finger, before anybody is judged by them."""
    day = today()
    if birth > day or birth < day - timedelta(days=366 * OLDEST):
        raise ValidationError(gettext_lazy("Check the year."), code="implausible")


@dataclass(frozen=True)
class AgeQuestion:
    """Asked at sign-up for a service; answered, checked and forgotten."""

    service: str

    def fields(self) -> dict[str, forms.Field]:
        """The birth date."""
        hint = _("Only to check that you are %(years)s or older. It is not kept.")
        return {
            "birth_date": forms.DateField(
                label=_("Your date of birth"),
                widget=forms.DateInput({"type": "date", "autocomplete": "bday"}, "%Y-%m-%d"),
                help_text=hint % {"years": least_age(self.service)},
                validators=[plausible],
            )
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """Raise TooYoung."""
        require_age(self.service, answers["birth_date"])
