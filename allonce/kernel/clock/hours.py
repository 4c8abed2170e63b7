"""Opening hours, and deadlines that only run while they last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allonce.kernel.clock.calendar import is_working_day

NINE_TO_HALF_FIVE = (time(9), time(17, 30))
OFFICE_WEEK = dict.fromkeys(range(5), NINE_TO_HALF_FIVE)


@dataclass(frozen=True)
class BusinessHours:
    """When a business is open: one span per weekday (Monday is 0), in its zone, closed on bank holidays."""

    week: Mapping[int, tuple[time, time]] = field(default_factory=lambda: dict(OFFICE_WEEK))
    zone: str = "Europe/London"
    nation: str = "ENG"
    open_on_holidays: bool = False

    def __post_init__(self) -> None:
        if not self.week or any(opens >= closes for opens, closes in self.week.values()):
            raise ValueError("each day opens before it closes, and at least one day opens")

    def is_open(self, moment: datetime) -> bool:
        """Whether the business is open at `moment` (aware)."""
        return any(opens <= moment < closes for opens, closes in self._spans(self._day_of(moment), 1))

    def deadline(self, start: datetime, open_time: timedelta) -> datetime:
        """The moment (UTC) by which `open_time` of opening hours has passed since `start`."""
        left = open_time
        for opens, closes in self._spans(self._day_of(start), 3660):
            begin = max(opens, start)
            if begin >= closes:
                continue
            if left <= closes - begin:
                return begin + left
            left -= closes - begin
        raise ValueError("no such deadline within ten years")

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """How much opening time lies between two moments (aware)."""
        days = (self._day_of(end) - self._day_of(start)).days + 1
        spans = self._spans(self._day_of(start), max(days, 0))
        return sum((max(min(closes, end) - max(opens, start), timedelta()) for opens, closes in spans), timedelta())

    def _day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def _spans(self, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        for offset in range(days):
            day = first + timedelta(days=offset)
            if day.weekday() in self.week and self._trades(day):
                opens, closes = self.week[day.weekday()]
                yield self._moment(day, opens), self._moment(day, closes)

    def _trades(self, day: date) -> bool:
        # Weekend openings are the week's own choice, so only bank holidays close a listed day.
        return self.open_on_holidays or day.weekday() >= 5 or is_working_day(day, self.nation)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)
