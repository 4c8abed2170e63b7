"""Opening hours, and deadlines that only run while they last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allonce.kernel.clock.calendar import is_working_day

NINE_TO_HALF_FIVE = (time(9), time(17, 30))
MIDNIGHT = time(0)
OFFICE_WEEK = dict.fromkeys(range(5), NINE_TO_HALF_FIVE)


@dataclass(frozen=True)
class BusinessHours:
    """When a business is open: one span per weekday (Monday is 0), in its zone, closed on bank holidays.

    A span that closes before it opens goes past midnight, and belongs to the day on which it opens; from 00:00 to
    00:00 is the whole day. Raises ValueError for a span of nothing, a night that runs into the next day's span, and
    a week that never opens.
    """

    week: Mapping[int, tuple[time, time]] = field(default_factory=lambda: dict(OFFICE_WEEK))
    zone: str = "Europe/London"
    nation: str = "ENG"
    open_on_holidays: bool = False

    def __post_init__(self) -> None:
        if not self.week or any(opens == closes != MIDNIGHT for opens, closes in self.week.values()):
            raise ValueError("each day closes at another time than it opens, and at least one day opens")
        if any(self._runs_into_next(day) for day in self.week):
            raise ValueError("a night ends before the next day opens")

    def is_open(self, moment: datetime) -> bool:
        """Whether the business is open at `moment` (aware)."""
        return any(opens <= moment < closes for opens, closes in self._spans(self._day_of(moment), 1))

    def _runs_into_next(self, day: int) -> bool:
        opens, closes = self.week[day]
        after = self.week.get((day + 1) % 7)
        return closes <= opens and after is not None and after[0] < closes

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

    def opens_next(self, moment: datetime) -> datetime:
        """When the business opens next after `moment` (UTC); `moment` itself while it is open."""
        if self.is_open(moment):
            return moment
        return next(opens for opens, _closes in self._spans(self._day_of(moment), 3660) if opens > moment)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """How much opening time lies between two moments (aware)."""
        days = (self._day_of(end) - self._day_of(start)).days + 1
        spans = self._spans(self._day_of(start), max(days, 0))
        return sum((max(min(closes, end) - max(opens, start), timedelta()) for opens, closes in spans), timedelta())

    def _day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def _spans(self, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        """The spans of these days in order, after the night that began the day before."""
        for offset in range(-1, days):
            day = first + timedelta(days=offset)
            if day.weekday() in self.week and self._trades(day):
                opens, closes = self.week[day.weekday()]
                last = day if opens < closes else day + timedelta(days=1)
                yield self._moment(day, opens), self._moment(last, closes)

    def _trades(self, day: date) -> bool:
        # Weekend openings are the week's own choice, so only bank holidays close a listed day.
        return self.open_on_holidays or day.weekday() >= 5 or is_working_day(day, self.nation)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)
