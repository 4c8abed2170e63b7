"""What messaging asks of the rooms and products whose streams it carries. They register in their `ready`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from allonce.kernel.accounts.models import SignInSession
    from allonce.kernel.messaging.models import Entry

EVERYBODY = "all"
STAFF = "staff"
ONE_SEAT = "seat:"


@dataclass(frozen=True)
class Credential:
    """What somebody shows: a stream's token, or the living session of a signed-in person. One of both is set."""

    token: str | None = None
    session: "SignInSession | None" = None


@dataclass(frozen=True)
class Seat:
    """Who is at the other end of a subscription: the seat's name (60 characters at most) and whether it is staff."""

    stream_id: UUID
    name: str
    staff: bool


@dataclass(frozen=True)
class Draft:
    """An entry before it is one. `audience` is "all", "staff" or "seat:NAME"."""

    cid: UUID
    kind: str
    body: dict[str, Any]
    audience: str = EVERYBODY


class StreamKind(Protocol):
    """A product's rules for one kind of stream. All methods are called in threads, never in an event loop."""

    @property
    def name(self) -> str:
        """The kind as it stands in Stream.kind, at most 20 characters."""

    def seat(self, who: Credential, stream_id: UUID) -> Seat:
        """The seat that this credential gives in this stream. Raises NotFound for strangers. Trusted for 30 s."""

    def prepare(self, seat: Seat, draft: Draft) -> Draft:
        """The draft cleaned. Raises UserError to refuse it. May read, must not write."""

    def committing(self, entries: "Sequence[Entry]") -> None:
        """Write what goes with these new entries (outbox rows, state) in their own transaction.

        The entries may be of several streams of this kind, in order within each. Repeated sends do not come here. It
        is called for `append` too. What it raises undoes the entries.
        """

    def presence_changed(self, stream_id: UUID, seat: str, online: bool) -> None:
        """The seat's first connection came or its last one went."""


# Given a private person: the ids of the streams in which they write and are written to.
PrivateStreams = Callable[[UUID], Iterable[UUID]]
_kinds: dict[str, StreamKind] = {}
_private: list[PrivateStreams] = []


def register_private_streams(source: PrivateStreams) -> None:
    """Say which streams belong to private people, so that their rights reach what is said there."""
    if source not in _private:
        _private.append(source)


def private_streams(person_id: UUID) -> list[UUID]:
    """The streams of this person, of every product that has such."""
    return [stream_id for source in _private for stream_id in source(person_id)]


def register_kind(kind: StreamKind) -> None:
    """Carry streams of this kind. Called in an app's `ready`."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> StreamKind:
    """The registered kind. Raises LookupError."""
    if name not in _kinds:
        raise LookupError(f"no stream kind {name!r} is registered")
    return _kinds[name]
