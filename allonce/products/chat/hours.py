"""Hours as they are stored, and whether somebody is there at a moment."""

from collections.abc import Mapping
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from allonce.kernel.clock import BusinessHours
from allonce.kernel.errors import UserError


class UnfitHours(UserError):
    """Hours or zone cannot be read; `fields` says which."""

    code = "unfit_hours"
    status = 422


def business_hours(
    week: Mapping[str, list[str]], zone: str, nation: str = "ENG", open_on_holidays: bool = False
) -> BusinessHours | None:
    """The clock's own hours from {"0": ["09:00", "17:30"]}; None for an empty week, which means always."""
    if not week:
        return None
    spans = {int(day): (time.fromisoformat(opens), time.fromisoformat(closes)) for day, (opens, closes) in week.items()}
    return BusinessHours(spans, zone, nation, open_on_holidays)


def check_week(week: Mapping[str, list[str]], zone: str) -> None:
    """Raises UnfitHours for what business_hours() could not read."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnfitHours(fields={"zone": _("Choose a time zone from the list.")}) from error
    try:
        business_hours(week, zone)
        days_fit = all(day in {"0", "1", "2", "3", "4", "5", "6"} for day in week)
    except (ValueError, TypeError) as error:
        told = _("Each day closes at another time than it opens, and a night ends before the next day opens.")
        raise UnfitHours(fields={"hours": told}) from error
    if not days_fit:
        raise UnfitHours(fields={"hours": _("Days are numbered from 0, Monday, to 6, Sunday.")})
