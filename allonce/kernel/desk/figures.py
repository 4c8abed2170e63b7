"""The desk in figures: counts and times of three months, nobody's words."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count
from django.db.models.functions import TruncWeek

from allonce.kernel.clock import now
from allonce.kernel.desk.hours import HOURS
from allonce.kernel.desk.models import Ticket, TimeEntry

WEEKS = 13


@dataclass(frozen=True)
class Week:
    """Tickets of a week, and how high its bar stands, in per cent of the highest."""

    day: date
    tickets: int
    height: int


@dataclass(frozen=True)
class Report:
    """`first_answer` is the median of the first answer in minutes of the desk's hours; None before there is any."""

    weeks: list[Week]
    by_channel: list[tuple[str, int]]
    tickets: int
    late: int
    first_answer: float | None
    stars: float | None
    rated: int
    minutes: int


def report() -> Report:
    """The last thirteen weeks."""
    since = now() - timedelta(weeks=WEEKS)
    rows = Ticket.objects.filter(opened_at__gte=since)
    answered = rows.exclude(answered_at=None).values_list("opened_at", "answered_at")
    took = [HOURS.elapsed(opened, first).total_seconds() / 60 for opened, first in answered if first]
    stars = [each for each in rows.values_list("stars", flat=True) if each is not None]
    labels = dict(Ticket.Channel.choices)
    channels = rows.values("channel").annotate(n=Count("id")).order_by("-n").values_list("channel", "n")
    return Report(
        weeks=_weeks(since),
        by_channel=[(str(labels[channel]), count) for channel, count in channels],
        tickets=rows.count(),
        late=Ticket.objects.filter(answer_due_at__lt=now()).count(),
        first_answer=median(took) if took else None,
        stars=sum(stars) / len(stars) if stars else None,
        rated=len(stars),
        minutes=sum(TimeEntry.objects.filter(at__gte=since).values_list("minutes", flat=True)),
    )


def _weeks(since: object) -> list[Week]:
    rows = Ticket.objects.filter(opened_at__gte=since).annotate(week=TruncWeek("opened_at"))
    counted = {each["week"].date(): each["n"] for each in rows.values("week").annotate(n=Count("id"))}
    monday = now().date() - timedelta(days=now().date().weekday())
    days = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    most = max(counted.values(), default=0) or 1
    return [Week(day, counted.get(day, 0), round(100 * counted.get(day, 0) / most)) for day in days]
