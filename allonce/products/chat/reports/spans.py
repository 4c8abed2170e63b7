"""Which days a report is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allonce.kernel.clock import today

LONGEST = timedelta(days=366)
USUAL = timedelta(days=29)


@dataclass(frozen=True)
class Span:
    """Whole days of one time zone, both ends included."""

    since: date
    until: date
    zone: str

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.since, time(), ZoneInfo(self.zone))

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until + timedelta(days=1), time(), ZoneInfo(self.zone))

    def days(self) -> list[date]:
        """Every day of it."""
        return list(self._days())

    def _days(self) -> Iterator[date]:
        day = self.since
        while day <= self.until:
            yield day
            day += timedelta(days=1)

    def local(self, moment: datetime) -> datetime:
        """The moment as the zone's clocks showed it."""
        return moment.astimezone(ZoneInfo(self.zone))


def span(zone: str, since: str = "", until: str = "") -> Span:
    """The days that were asked for, put in order and cut at a year; without them the last thirty."""
    last = _day(until) or today(zone)
    first = _day(since) or last - USUAL
    if first > last:
        first, last = last, first
    return Span(max(first, last - LONGEST), last, zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
