"""The calendar of an account's end. Whole days (London) are counted, from the day on which it was ended.

Sixty days after the agreement ends nothing may be left (terms 10.2.3), in backups either. Backups of the keys live
seven days, so the key itself goes on day 53.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from allonce.kernel.clock import today
from allonce.kernel.privacy.retention.models import AccountEnding

LONDON = ZoneInfo("Europe/London")
WARNED_AFTER = timedelta(days=46)
CLOSED_AFTER = timedelta(days=53)
GONE_AFTER = timedelta(days=60)


@dataclass(frozen=True)
class Plan:
    """When what happens to one account."""

    began: date

    @property
    def warned_on(self) -> date:
        """Owners are reminded, fourteen days before everything is gone."""
        return self.began + WARNED_AFTER

    @property
    def closed_on(self) -> date:
        """The key is destroyed: nothing can be read from then on."""
        return self.began + CLOSED_AFTER

    @property
    def last_day_to_undo(self) -> date:
        """The day before that."""
        return self.closed_on - timedelta(days=1)

    @property
    def gone_on(self) -> date:
        """Rows and files are removed too."""
        return self.began + GONE_AFTER

    @property
    def can_be_undone(self) -> bool:
        """Whether today is not too late."""
        return today() < self.closed_on


def plan_of(ending: AccountEnding) -> Plan:
    """The calendar of an ending."""
    return Plan(ending.started_at.astimezone(LONDON).date())
