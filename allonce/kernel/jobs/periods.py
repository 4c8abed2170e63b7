"""When schedules fall due."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAILY = re.compile(r"daily at (\d\d):(\d\d)")
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Period:
    """An interval, or a time of day in a zone."""

    interval: timedelta | None = None
    at: time | None = None
    zone: str = "Europe/London"

    def start(self, moment: datetime) -> datetime:
        """The beginning (UTC) of the period that `moment` lies in."""
        if self.interval:
            return EPOCH + (moment - EPOCH) // self.interval * self.interval
        local = moment.astimezone(ZoneInfo(self.zone))
        today = datetime.combine(local.date(), self.at or time(), ZoneInfo(self.zone))
        begun = today if today <= local else _day_before(today)
        return begun.astimezone(UTC)


def parse_period(given: timedelta | str) -> Period:
    """A period from a timedelta or "daily at HH:MM". Raises ValueError for anything else."""
    if isinstance(given, timedelta):
        if given < timedelta(seconds=1):
            raise ValueError("a schedule's interval is a second or more")
        return Period(interval=given)
    found = DAILY.fullmatch(given)
    if not found:
        raise ValueError(f"{given!r} is neither a timedelta nor 'daily at HH:MM'")
    return Period(at=time(int(found[1]), int(found[2])))


def _day_before(moment: datetime) -> datetime:
    # Wall-clock arithmetic: the same time of day, also where the clocks changed between.
    return moment - timedelta(days=1)
