"""When the desk is there, and by when it answers: both in its own hours (terms, 6.1)."""

from datetime import datetime, time, timedelta

from allonce.kernel.clock import BusinessHours
from allonce.kernel.desk.models import Ticket

# Nine to five, Monday to Friday, except on public holidays.
HOURS = BusinessHours(dict.fromkeys(range(5), (time(9), time(17))))
# The time of those hours within which the next answer falls due.
ANSWER_WITHIN = {
    Ticket.Priority.URGENT: timedelta(hours=1),
    Ticket.Priority.HIGH: timedelta(hours=4),
    Ticket.Priority.NORMAL: timedelta(hours=8),
    Ticket.Priority.LOW: timedelta(hours=16),
}


def due_at(priority: str, since: datetime) -> datetime:
    """When an answer falls due that was waited for since then."""
    return HOURS.deadline(since, ANSWER_WITHIN[Ticket.Priority(priority)])
