"""A month of made-up visits and acts, so that the figures have something to show."""

from datetime import date, timedelta
from random import Random

from allonce.kernel.clock import today
from allonce.kernel.privacy.analytics.counting import DIMENSIONS, KIND, SUM
from allonce.kernel.privacy.analytics.models import DailyCount

DAYS = 45
SHARES = {
    "page": {"home": 60, "accounts:sign_in": 22, "accounts:sign_up": 9, "licences": 3, "processors:public": 2},
    "referrer": {"direct": 62, "search.example": 21, "blinds-magazine.example": 8, "other": 3},
    "browser": {"chrome": 48, "safari": 27, "firefox": 12, "edge": 9, "opera": 1},
    "system": {"android": 34, "ios": 26, "windows": 24, "macos": 9, "linux": 2},
    KIND: {"device.registered": 18, "user.added": 6, "account.details_changed": 4},
}


def load() -> None:
    """Fill days that have no figures yet; a second call changes nothing."""
    known = set(DailyCount.objects.values_list("day", flat=True))
    days = [today() - timedelta(days=back) for back in range(1, DAYS + 1)]
    random = Random(2026)  # noqa: S311 - made-up figures, the same at each start
    DailyCount.objects.bulk_create(
        row for day in days if day not in known for row in _day(day, random.randint(55, 240), random.randint(60, 160))
    )


def _day(day: date, visits: int, acts: int) -> list[DailyCount]:
    plan = [("visits", visits, DIMENSIONS), ("acts", acts, (KIND,))]
    return [row for measure, count, names in plan for row in _measure(day, measure, count, names)]


def _measure(day: date, measure: str, count: int, dimensions: tuple[str, ...]) -> list[DailyCount]:
    made = [DailyCount(day=day, measure=measure, dimension=SUM, key="", count=count, group=count * 2 // 3)]
    for dimension in dimensions:
        shares = SHARES[dimension]
        parts = {key: count * share // sum(shares.values()) for key, share in shares.items()}
        parts[next(iter(parts))] += count - sum(parts.values())
        made += [
            DailyCount(day=day, measure=measure, dimension=dimension, key=key, count=part, group=max(1, part * 2 // 3))
            for key, part in parts.items()
            if part
        ]
    return made
