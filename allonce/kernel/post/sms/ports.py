"""What others give to text messages and hear of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from allonce.kernel.post.sms.stopping import Word


@dataclass(frozen=True)
class OutgoingSms:
    """One message for a gateway. `key` stays the same at every try; a gateway takes one key once."""

    key: str
    sender: str
    to: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class SmsOutcome:
    """What the gateway did: accepted, refused for good, or retry. `reason` is one word of `verdicts.REASONS`."""

    state: Literal["accepted", "refused", "retry"]
    reason: str = ""
    gateway_id: str = ""
    wait_seconds: int = 0


@dataclass(frozen=True)
class Told:
    """One message of a gateway, read: the report on a text (`state` is set) or a text that came in."""

    event_id: str
    at: datetime | None = None
    gateway_id: str = ""
    reference: str = ""
    state: str = ""
    sender: str = field(default="", repr=False)
    to: str = field(default="", repr=False)
    text: str = field(default="", repr=False)


class SmsGateway(Protocol):
    """A company that carries text messages."""

    @property
    def name(self) -> str:
        """What its calls name it by."""

    @property
    def connector(self) -> str:
        """Its name for the list of processors."""

    def hand_over(self, sms: OutgoingSms) -> SmsOutcome:
        """Give it one message; its failures are outcomes, never exceptions."""

    def read(self, headers: Mapping[str, str], body: bytes) -> list[Told]:
        """What a call of the gateway's says. Raises NotFound where none may call, BadCall for a forged one."""


@dataclass(frozen=True)
class InboundSms:
    """A text message that came in.

    `account_ids` are those it may be meant for: the owner of the number it was sent to, else every account that
    texted the sender lately from the shared number. More than one means that nobody can tell.
    `word` is "stop" or "start" where the message was such a word; it has been obeyed already.
    """

    id: UUID
    gateway: str
    at: datetime
    account_ids: tuple[UUID, ...]
    word: Word = ""
    sender: str = field(default="", repr=False)
    to: str = field(default="", repr=False)
    text: str = field(default="", repr=False)


InboundListener = Callable[[InboundSms], None]
# (account, the caller's key, state, reason)
StateListener = Callable[[UUID, str, str, str], None]
_inbound: list[InboundListener] = []
_states: list[StateListener] = []


def register_inbound_sms(listener: InboundListener) -> None:
    """Hear of every text message that comes in, in a transaction of its own; called in an app's `ready`.

    May be called again for the same id after a crash or another listener's failure, never after all have heard it.
    """
    if listener not in _inbound:
        _inbound.append(listener)


def register_sms_states(listener: StateListener) -> None:
    """Hear where each text message stands (account, key, state, reason), in the transaction that stores it."""
    if listener not in _states:
        _states.append(listener)


def inbound_listeners() -> tuple[InboundListener, ...]:
    return tuple(_inbound)


def state_listeners() -> tuple[StateListener, ...]:
    return tuple(_states)
