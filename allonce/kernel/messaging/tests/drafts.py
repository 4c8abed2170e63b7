"""Drafts and seats for tests."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID, uuid4

from allonce.kernel.messaging import Draft, Seat

Callbacks = Callable[..., AbstractContextManager[Any]]


def text(words: str, *, cid: UUID | None = None, audience: str = "all") -> Draft:
    return Draft(cid or uuid4(), "text", {"text": words}, audience)


def visitor(stream_id: UUID) -> Seat:
    return Seat(stream_id, "visitor", staff=False)


def agent(stream_id: UUID, name: str = "agent:ann") -> Seat:
    return Seat(stream_id, name, staff=True)
