"""The arithmetic of terms: ends, the last moment to refuse, the window of the notice, rests and interest.

Everything is computed in UTC, from moments and whole calendar months.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from allonce.kernel.clock import add_months

# BILL-RENEWAL: refused at least 24 hours before the end; charged within the last 24 hours.
REFUSE_BEFORE = timedelta(hours=24)
# BILL-RENEWAL-NOTICE (Code de la consommation, L.215-1): between three months and one month before the last day.
NOTICE_FROM_MONTHS, NOTICE_TO_MONTHS = 3, 1
# In the middle of the window, so that a day of standstill loses nothing.
NOTICE_AIM_MONTHS = 2
REFUND_DAYS = 30
DAYS_IN_YEAR = 365


@dataclass(frozen=True)
class Window:
    """The days on which a notice counts, both included, and the one on which it is meant to leave."""

    opens: date
    aim: date
    closes: date


def end_of(anchor: datetime, months: int, terms: int) -> datetime:
    """When the `terms`-th term of `months` ends that began at `anchor`: the corresponding day, at the same time."""
    return datetime.combine(add_months(anchor.date(), months * terms), anchor.timetz())


def refuse_by(until: datetime) -> datetime:
    """The last moment at which the renewal can be refused; at that very moment it still can."""
    return until - REFUSE_BEFORE


def notice_window(began: datetime, until: datetime) -> Window | None:
    """When the notice of a term must leave; None where the term is too short to have such days."""
    last = refuse_by(until).astimezone(UTC).date()
    opens = max(add_months(last, -NOTICE_FROM_MONTHS), began.astimezone(UTC).date())
    closes = add_months(last, -NOTICE_TO_MONTHS)
    if closes <= began.astimezone(UTC).date():
        return None
    return Window(opens, min(max(opens, add_months(last, -NOTICE_AIM_MONTHS)), closes), closes)


def trial_end(begins: datetime, days: int) -> datetime:
    """A trial runs to the end of its last day, so that everybody has `days` whole days at least."""
    return datetime.combine(begins.astimezone(UTC).date() + timedelta(days=days + 1), time(), UTC)


def rest_of(amount: int, began: datetime, until: datetime, at: datetime) -> int:
    """What of the price (minor units) is for the days that are left at `at`; the day under way counts as left.

    Rounded up to a whole minor unit, in favour of whoever paid.
    """
    days = max(1, (until.date() - began.date()).days)
    left = min(days, max(0, (until.date() - at.date()).days))
    return -(-amount * left // days)


def interest(amount: int, due_by: datetime, paid_at: datetime, rates: Mapping[date, int]) -> int:
    """Statutory interest on a late refund, in minor units, rounded half up.

    `rates` holds hundredths of a per cent a year by the first day of each. Simple interest, day by day, from the day
    after `due_by` to the day of payment; a year has 365 days. Before the first rate there is none.
    """
    day, total = due_by.date(), 0
    while day < paid_at.date():
        day += timedelta(days=1)
        since = [first for first in rates if first <= day]
        total += amount * rates[max(since)] if since else 0
    divisor = 10_000 * DAYS_IN_YEAR
    return (2 * total + divisor) // (2 * divisor)
