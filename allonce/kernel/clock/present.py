"""What time it is, and how tests and demos move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("allonce_clock", default=None)


class _Shift:
    """How far this process's clock runs ahead of the machine's."""

    ahead = timedelta()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC) + _Shift.ahead


def today(zone: str = "Europe/London") -> date:
    """The calendar day that `zone` has now."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Stop the clock at `to` (aware) for the block and what it calls."""
    if to.tzinfo is None:
        raise ValueError("travel() needs an aware time")
    token = _frozen.set(to.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def shift(ahead: timedelta) -> None:
    """Let this whole process run `ahead` of the machine's clock, for demos and tests; zero puts it right."""
    _Shift.ahead = ahead
