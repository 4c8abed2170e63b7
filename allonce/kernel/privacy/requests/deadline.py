"""The month in which a request must be answered (UK GDPR Article 12(3)), as plain arithmetic on days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from allonce.kernel.clock import add_months, is_working_day, working_days_after

LONGEST_EXTENSION = 2
ACKNOWLEDGE_DAYS = 30


@dataclass(frozen=True)
class Span:
    """Days on which the clock stands: from `start` up to, not including, `end`; no end while it still stands."""

    start: date
    end: date | None = None


def due_on(received: date, spans: Iterable[Span] = (), *, today: date, extra_months: int = 0) -> date:
    """The last day for an answer.

    The same day of the next month (or that month's last day), `extra_months` later if extended, and one day later
    for each day on which the clock stood; if that is no working day, the next one. A clock that is stopped only
    after the last day gives nothing back.
    """
    end = add_months(received, 1 + extra_months)
    for start, stop in standing(spans, received, today):
        if start > working_day_from(end):
            break
        end += stop - start
    return working_day_from(end)


def standing(spans: Iterable[Span], received: date, today: date) -> list[tuple[date, date]]:
    """The days on which the clock stood, in order and without overlap; an open span lasts until `today`."""
    merged: list[tuple[date, date]] = []
    bounds = ((max(span.start, received), today if span.end is None else span.end) for span in spans)
    for start, stop in sorted(pair for pair in bounds if pair[0] < pair[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged


def working_day_from(day: date) -> date:
    """`day` itself if it is a working day, else the next one."""
    return day if is_working_day(day) else working_days_after(day, 1)


def acknowledge_by(received: date) -> date:
    """The last day to say that a complaint has arrived: thirty days, by law."""
    return received + timedelta(days=ACKNOWLEDGE_DAYS)
