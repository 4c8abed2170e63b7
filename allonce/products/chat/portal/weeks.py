"""Weekly hours: the form in which they are filled in, and how they are said and drawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm
from allonce.products.chat.models import Shift

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
SHORT_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))

MINUTES_OF_DAY = 24 * 60


class Span(NamedTuple):
    """From one time of a day to a later one, or past midnight to an earlier one of the next day."""

    opens: time
    closes: time


Week = Mapping[int, Sequence[Span]]


def week_of(stored: Mapping[str, list[str]]) -> dict[int, list[Span]]:
    """A week from the hours of a Client or department, {"0": ["09:00", "17:30"]}."""
    return {
        int(day): [Span(time.fromisoformat(opens), time.fromisoformat(closes))]
        for day, (opens, closes) in stored.items()
    }


def week_of_shifts(shifts: Iterable[Shift]) -> dict[int, list[Span]]:
    """A week from an agent's shifts."""
    found: dict[int, list[Span]] = defaultdict(list)
    for each in sorted(shifts, key=lambda shift: (shift.weekday, shift.starts)):
        found[each.weekday].append(Span(each.starts, each.ends))
    return dict(found)


def stored(week: Week) -> dict[str, list[str]]:
    """The hours as a Client or department keeps them, which have one span a day."""
    return {str(day): [f"{each:%H:%M}" for each in spans[0]] for day, spans in week.items()}


class HoursForm(HouseForm):
    """One span a day, or two; an empty day is closed, and what seven empty ones mean, the page says."""

    spans = 1

    @classmethod
    def filled(cls, week: Week) -> dict[str, time]:
        """What the fields hold at first."""
        return {
            name: value
            for day, spans in week.items()
            for span, names in zip(spans, cls._names(day), strict=False)
            for name, value in zip(names, span, strict=True)
        }

    @classmethod
    def _names(cls, day: int) -> list[tuple[str, str]]:
        """The names of the two fields of each span of a day."""
        return [(f"opens{number or ''}_{day}", f"closes{number or ''}_{day}") for number in range(cls.spans)]

    def more_fields(self) -> dict[str, forms.Field]:
        said = [
            (_("%(day)s, from"), _("%(day)s, to")),
            (_("%(day)s, again from"), _("%(day)s, again to")),
        ]
        return {
            name: _time_field(label % {"day": day_name})
            for day, day_name in enumerate(DAYS)
            for names, labels in zip(self._names(day), said, strict=False)
            for name, label in zip(names, labels, strict=True)
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for day in range(7):
            for opens, closes in self._names(day):
                self._check_span(opens, closes, given)
            self._check_order(day, given)
            self._check_night(day, given)
        return given

    def _check_span(self, opens: str, closes: str, given: Mapping[str, Any]) -> None:
        if {opens, closes} & set(self.errors):
            return
        first, last = given.get(opens), given.get(closes)
        if (first is None) != (last is None):
            self.add_error(closes if first else opens, now_("Give both times, or neither."))
        elif first and last and first == last:
            self.add_error(closes, now_("This has to be another time than the one it begins at."))

    def _check_order(self, day: int, given: Mapping[str, Any]) -> None:
        (_first, closes), *more = self._names(day)
        for opens_again, _closes_again in more:
            before, after = given.get(closes), given.get(opens_again)
            if after and not before and closes not in self.errors:
                self.add_error(opens_again, now_("Fill in the first times of this day first."))
            elif after and before and (after < before or self._goes_past_midnight(day, given)):
                self.add_error(opens_again, now_("Begin again after the first time has ended."))

    def _check_night(self, day: int, given: Mapping[str, Any]) -> None:
        """A night ends before the next day begins."""
        spans = [tuple(given.get(name) for name in names) for names in self._names(day)]
        after = given.get(self._names((day + 1) % 7)[0][0])
        for (opens, closes), (_first, last) in zip(spans, self._names(day), strict=True):
            if opens and closes and closes < opens and after and after < closes:
                self.add_error(last, now_("End before the next day begins."))

    def _goes_past_midnight(self, day: int, given: Mapping[str, Any]) -> bool:
        first, last = (given.get(name) for name in self._names(day)[0])
        return bool(first and last and last < first)

    def week(self) -> dict[int, list[Span]]:
        """What was filled in, once it is valid."""
        given = self.cleaned_data
        found = {
            day: [Span(given[opens], given[closes]) for opens, closes in self._names(day) if given[opens]]
            for day in range(7)
        }
        return {day: spans for day, spans in found.items() if spans}

    def rows(self) -> list[tuple[Any, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Each day with the two fields of each span."""
        return [
            (name, [(self[opens], self[closes]) for opens, closes in self._names(day)]) for day, name in enumerate(DAYS)
        ]


class OpeningForm(HoursForm):
    """When a Client is open."""

    open_on_holidays = forms.BooleanField(label=_("Open on bank holidays, too"), required=False)


class ShiftsForm(HoursForm):
    """When an agent works: also before and after a break."""

    spans = 2


def in_words(week: Week) -> str:
    """The week as people say it: "Mon to Fri 09:00 to 17:30, Sat 10:00 to 14:00"; "" for an empty one."""
    runs = groupby(range(7), key=lambda day: tuple(week.get(day, ())))
    return ", ".join(f"{_days(list(days))} {_hours(spans)}" for spans, days in runs if spans)


class Bar(NamedTuple):
    """A span in the picture of a day that is 1440 minutes wide."""

    start: int
    width: int


def picture(week: Week) -> list[tuple[Any, list[Bar]]]:
    """Each day's short name with its bars."""
    return [
        (name, [*_bars_after_midnight(week.get((day - 1) % 7, ())), *map(_bar, week.get(day, ()))])
        for day, name in enumerate(SHORT_DAYS)
    ]


def _bar(span: Span) -> Bar:
    start, end = map(_minutes, span)
    return Bar(start, (end if start < end else MINUTES_OF_DAY) - start)


def _bars_after_midnight(spans: Sequence[Span]) -> list[Bar]:
    """What the day before goes on with."""
    return [Bar(0, _minutes(each.closes)) for each in spans if each.closes < each.opens and _minutes(each.closes)]


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _days(days: list[int]) -> str:
    first, last = SHORT_DAYS[days[0]], SHORT_DAYS[days[-1]]
    return now_("%(first)s to %(last)s") % {"first": first, "last": last} if len(days) > 1 else str(first)


def _hours(spans: Sequence[Span]) -> str:
    said = [now_("%(opens)s to %(closes)s") % {"opens": f"{a:%H:%M}", "closes": f"{b:%H:%M}"} for a, b in spans]
    return now_(" and ").join(said)


def _time_field(label: str) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)
