"""Which page a text message was started from: known only if exactly one was looked at just before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

WINDOW = timedelta(minutes=5)


class Looked(Protocol):
    """Somebody pressed the button for a text message on a page; whoever it was gave no name."""

    @property
    def at(self) -> datetime:
        """When."""


Context = TypeVar("Context", bound=Looked)


def matching(contexts: Iterable[Context], texted_at: datetime) -> Context | None:
    """The one context that arrived within five minutes before the text; None for none, and for two or more.

    Two are never told apart: a wrong car in front of the agent is worse than none.
    """
    near = [each for each in contexts if timedelta() <= texted_at - each.at <= WINDOW]
    return near[0] if len(near) == 1 else None
