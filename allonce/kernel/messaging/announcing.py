"""Telling after the commit that a stream moved: to this process's hub, and over the bus to other processes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

# The head of a stream that was erased as a whole.
GONE = -1


@dataclass(frozen=True)
class News:
    """What moved, and what is merely said: heads by stream, and frames that are stored nowhere."""

    heads: dict[UUID, int] = field(default_factory=dict)
    said: list[tuple[UUID, dict[str, Any]]] = field(default_factory=list)


Listener = Callable[[News], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Hear all news of this process, in the thread that made it. What a listener raises is logged, no more."""
    if listener not in _listeners:
        _listeners.append(listener)


def stop_listening(listener: Listener) -> None:
    """Hear no more."""
    if listener in _listeners:
        _listeners.remove(listener)


def announce(stream_id: UUID, head: int) -> None:
    """Tell that the stream has come to `head`, once the caller's transaction has committed."""
    _after_commit(News(heads={stream_id: head}))


def ephemeral(stream_id: UUID, frame: dict[str, Any]) -> None:
    """Tell everybody in the stream something that is not stored (typing and the like), after the commit.

    The frame holds no words of a person. It may be lost. `s` is added to it.
    """
    _after_commit(News(said=[(stream_id, {**frame, "s": str(stream_id)})]))


def tell(news: News) -> None:
    """Tell at once; for those who have committed."""
    for listener in list(_listeners):
        listener(news)


def _after_commit(news: News) -> None:
    transaction.on_commit(partial(tell, news), robust=True)
