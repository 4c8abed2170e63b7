"""Reading figures: only what may be published leaves this module."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import now, today
from allonce.kernel.privacy.analytics.counting import DIMENSIONS, KIND, SUM
from allonce.kernel.privacy.analytics.measures import VISITS, Cell, measures
from allonce.kernel.privacy.analytics.models import DailyCount, Visit
from allonce.kernel.privacy.analytics.suppression import Published, publish
from allonce.kernel.privacy.analytics.visits import KEPT

REST = "rest"
# A day is counted twice, since visits may be written late; before that it is not published, or the two counts could
# be subtracted from each other.
SETTLED = timedelta(days=3)
# Before anything could be counted; what is asked earlier is a slip of the pen.
EARLIEST = date(2020, 1, 1)
LONGEST = timedelta(days=366)
DIMENSION_WORDS = {
    "page": _("Pages"),
    "referrer": _("Where visitors came from"),
    "browser": _("Browsers"),
    "system": _("Systems"),
    KIND: _("Kinds"),
}


@dataclass(frozen=True)
class Row:
    """One publishable figure. `key` is empty for the day's sum and "rest" for what has no name here."""

    day: date
    measure: str
    dimension: str
    key: str
    count: int


@dataclass(frozen=True)
class Span:
    """Whole days, both ends included, of which the last is settled."""

    since: date
    until: date

    def days(self) -> list[date]:
        return [self.since + timedelta(days=each) for each in range((self.until - self.since).days + 1)]


def span(since: date | None, until: date | None) -> Span:
    """The asked days as far as they are settled and no more than a year; the last thirty if none are named."""
    end = max(EARLIEST, min(until or date.max, today() - SETTLED))
    start = since or end - timedelta(days=29)
    return Span(max(min(start, end), end - LONGEST), end)


def rows(over: Span) -> list[Row]:
    """Every figure of these days that may be shown, in the order of days and measures."""
    return [row for place, cells in _stored(over).items() for row in _publishable(*place, cells)]


def labels() -> dict[str, Any]:
    """Translated names of all measures by code."""
    return {VISITS: _("Visits")} | {each.code: each.label for each in measures()}


def oldest_visit_is_due() -> bool:
    """Whether a visit lies in the log that should have been swept; a day's grace for the sweep itself."""
    return Visit.objects.filter(at__lt=now() - KEPT - timedelta(days=1)).exists()


def _stored(over: Span) -> dict[tuple[date, str], dict[str, dict[str, Cell]]]:
    found: dict[tuple[date, str], dict[str, dict[str, Cell]]] = defaultdict(lambda: defaultdict(dict))
    counts = DailyCount.objects.filter(day__gte=over.since, day__lte=over.until)
    for each in counts.order_by("day", "measure", "dimension", "key").iterator():
        found[each.day, each.measure][each.dimension][each.key] = Cell(each.count, each.group, each.lot)
    return found


def _publishable(day: date, measure: str, cells: dict[str, dict[str, Cell]]) -> Iterator[Row]:
    total = cells.get(SUM, {}).get("", Cell(0, 0))
    if total.group < settings.SMALLEST_GROUP:
        return
    yield Row(day, measure, SUM, "", total.count)
    for dimension in (*DIMENSIONS, KIND):
        if dimension in cells:
            shown = publish(cells[dimension], total, settings.SMALLEST_GROUP)
            yield from _rows_of(shown, day, measure, dimension)


def _rows_of(shown: Published, day: date, measure: str, dimension: str) -> Iterator[Row]:
    for key, count in shown.cells.items():
        yield Row(day, measure, dimension, key, count)
    if shown.rest is not None:
        yield Row(day, measure, dimension, REST, shown.rest)
