"""When a day of Dating begins: at noon where the member lives, whatever the clocks of that zone do."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NOON = time(12)
LASTS = timedelta(hours=24)
# Who was not here for longer takes no part.
ACTIVE_WITHIN = timedelta(hours=48)
# What choosing a date uses members' data for: they can object to it as profiling.
PURPOSE = "dating"


def next_noon(zone: str, moment: datetime) -> datetime:
    """The next noon in that zone after the moment; in UTC while somebody has not said where they are."""
    place = ZoneInfo(zone or "UTC")
    day = moment.astimezone(place).date()
    noon = datetime.combine(day, NOON, place)
    return noon if noon > moment else datetime.combine(day + timedelta(days=1), NOON, place)


def noon_of(zone: str, day: date) -> datetime:
    """Noon of that day in the zone."""
    return datetime.combine(day, NOON, ZoneInfo(zone))
