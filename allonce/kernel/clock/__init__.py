"""The only source of now, and the arithmetic of months, working days and opening hours."""

from allonce.kernel.clock.calendar import (
    add_months,
    bank_holidays,
    is_working_day,
    working_days_after,
    working_days_between,
)
from allonce.kernel.clock.hours import BusinessHours
from allonce.kernel.clock.present import now, shift, today, travel
from allonce.kernel.clock.saying import as_people_say

__all__ = [
    "BusinessHours",
    "add_months",
    "as_people_say",
    "bank_holidays",
    "is_working_day",
    "now",
    "shift",
    "today",
    "travel",
    "working_days_after",
    "working_days_between",
]
