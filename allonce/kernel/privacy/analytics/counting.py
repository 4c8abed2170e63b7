"""The night's work: yesterday's visits and events become figures that name nobody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from allonce.kernel.clock import today
from allonce.kernel.privacy.analytics.measures import VISITS, Cell, measures
from allonce.kernel.privacy.analytics.models import DailyCount, Visit

DIMENSIONS = ("page", "referrer", "browser", "system")
SUM = "sum"
KIND = "kind"
DIRECT = "direct"
OTHER = "other"
Figures = dict[tuple[str, str], Cell]


def count_days(days: int = 2) -> None:
    """Count the last whole days anew; visits that a process wrote late, or a night that was missed, are caught up."""
    for back in range(1, days + 1):
        count_day(today() - timedelta(days=back))


@transaction.atomic
def count_day(day: date) -> None:
    """Replace the figures of one day."""
    found = {VISITS: _visits(day)} | {each.code: _events(each.count(day)) for each in measures()}
    DailyCount.objects.filter(day=day).delete()
    DailyCount.objects.bulk_create(
        DailyCount(day=day, measure=measure, dimension=dimension, key=key, count=cell.count, group=cell.group)
        for measure, figures in found.items()
        for (dimension, key), cell in figures.items()
    )


def _events(cells: Mapping[str, Cell]) -> Figures:
    if not cells:
        return {}
    total = Cell(sum(cell.count for cell in cells.values()), max(cell.group for cell in cells.values()))
    return {(SUM, ""): total} | {(KIND, key): cell for key, cell in cells.items()}


def _visits(day: date) -> Figures:
    """Visits by each dimension. Without identities a visitor is a network, browser and system that differ."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    visitors: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for row in _grouped(day):
        visitor = (row["network"], row["browser"], row["system"])
        names = (row["route"], row["referrer"] or DIRECT, row["browser"], row["system"])
        for place in [(SUM, ""), *zip(DIMENSIONS, names, strict=True)]:
            counts[place] += row["visits"]
            visitors[place].add(visitor)
    _fold_rare_referrers(counts, visitors)
    return {place: Cell(count, len(visitors[place])) for place, count in counts.items()}


def _fold_rare_referrers(
    counts: dict[tuple[str, str], int], visitors: dict[tuple[str, str], set[tuple[str, str, str]]]
) -> None:
    """A site that led only few people here may be somebody's own: its name goes, the number stays."""
    rare = [place for place in counts if place[0] == "referrer" and len(visitors[place]) < settings.SMALLEST_GROUP]
    for place in rare:
        if place[1] not in (DIRECT, OTHER):
            counts["referrer", OTHER] += counts.pop(place)
            visitors["referrer", OTHER] |= visitors.pop(place)


def _grouped(day: date) -> Iterable[Mapping[str, Any]]:  # the columns' own types
    start = datetime.combine(day, time(), UTC)
    rows = Visit.objects.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return rows.values("route", "referrer", "browser", "system", "network").annotate(visits=Count("id")).iterator()
