"""Queueing scheduled jobs, once per period however many processes try."""

from datetime import datetime

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.jobs.models import ScheduledPeriod
from allonce.kernel.jobs.registry import JobType, registered


class Schedule:
    """Remembers what this process has already seen queued, so that an idle tick costs no statement."""

    def __init__(self) -> None:
        self.seen: dict[str, datetime] = {}

    def tick(self) -> int:
        """Queue whatever has fallen due. Returns how many jobs this process queued."""
        due = [
            (made, f"{made.name}/{index}", period.start(now()))
            for made in list(registered.values())
            for index, period in enumerate(made.periods)
        ]
        return sum(self._queue_once(*item) for item in due if self.seen.get(item[1]) != item[2])

    def _queue_once(self, made: JobType[[]], name: str, period: datetime) -> bool:
        with transaction.atomic():
            won = _win(name, period)
            if won:
                made.later()
        self.seen[name] = period
        return won


def _win(name: str, period: datetime) -> bool:
    _, created = ScheduledPeriod.objects.get_or_create(name=name, defaults={"period": period})
    later = ScheduledPeriod.objects.filter(name=name, period__lt=period)
    return created or bool(later.update(period=period))
