"""How old somebody is."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Completed years on the day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
