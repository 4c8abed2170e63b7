"""Months, bank holidays and working days of the United Kingdom."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), or that month's last day where it is shorter.

    Corresponding-date rule: a period of a month from 31 January ends on 28 or 29 February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=256)
def bank_holidays(year: int, nation: str = "ENG") -> frozenset[date]:
    """Bank holidays of ENG, WLS, SCT or NIR in `year`, substitute days included."""
    return frozenset(country_holidays("GB", subdiv=nation, years=year))


def is_working_day(day: date, nation: str = "ENG") -> bool:
    """Whether `day` is neither a weekend nor a bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays(day.year, nation)


def working_days_after(day: date, count: int, nation: str = "ENG") -> date:
    """The `count`-th working day after `day`; for a count of zero, `day` itself.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, nation)
    return day


def working_days_between(start: date, end: date, nation: str = "ENG") -> int:
    """How many working days lie after `start`, up to and including `end`."""
    days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(is_working_day(day, nation) for day in days)
