"""What other rooms give to post: who wants to hear of deliveries, how a relay is asked what it did, and whether a
third party may be used at all."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError
from allonce.kernel.post.connectors import LOCAL, mail_connector

Finding = Literal["taken", "never_taken", "not_yet", "cannot_tell"]


class DeliveryEvents(Protocol):
    """A room or product whose mails relays report on."""

    def on_event(self, message_hash: str, state: str, reason: str, at: datetime, event_id: str) -> None:
        """The mail of this hash now stands at `state` (accepted, deferred, delivered or bounced).

        Called in the transaction that stores the report, with where all reports so far leave the mail, so
        doubled and late reports need no thought. Ignore hashes that are not yours. `event_id` is hashed.
        """


class RelayLookup(Protocol):
    """A relay that can be asked by Message-ID."""

    def find(self, message_id: str, *, handed_at: datetime) -> Finding:
        """Whether the relay took the mail that was handed over at `handed_at`; not_yet: ask again later."""


_listeners: list[DeliveryEvents] = []


def register_delivery_events(listener: DeliveryEvents) -> None:
    """Let `listener` hear of every reported delivery. Called in an app's `ready`."""
    if listener not in _listeners:
        _listeners.append(listener)


def delivery_listeners() -> tuple[DeliveryEvents, ...]:
    return tuple(_listeners)


class ProcessorNotAllowed(UserError):
    """Data may not go to this third party: nobody has listed and assessed it, or it lies where it may not go."""

    code = "processor_not_allowed"
    status = 503
    message = gettext_lazy("This cannot be sent at the moment: the service that carries it has not been approved.")


class ProcessorGate(Protocol):
    """Knows which third parties data may go to."""

    def may_use(self, connector: str, account_id: UUID | None) -> None:
        """Return if data (of this account, or of the installation) may leave by `connector`.

        Raises ProcessorNotAllowed. "local" is this machine, where nothing leaves.
        """


class OnlyThisMachine:
    """Without anybody who knows better nothing leaves this machine."""

    def may_use(self, connector: str, account_id: UUID | None) -> None:  # noqa: ARG002 - the port's signature
        if connector != LOCAL:
            raise ProcessorNotAllowed


Connectors = Callable[[], Iterable[str]]
_gate: list[ProcessorGate] = [OnlyThisMachine()]
_connectors: list[Connectors] = [lambda: [mail_connector()]]


def register_processor_gate(gate: ProcessorGate) -> None:
    """Let `gate` decide. Called in an app's `ready`."""
    _gate[:] = [gate]


def processor_gate() -> ProcessorGate:
    return _gate[0]


def register_connectors(source: Connectors) -> None:
    """Name the connectors that a room or product is configured to use, such as `sms:acme`. Called in `ready`."""
    _connectors.append(source)


def connectors_in_use() -> list[str]:
    """Every configured way out, without those that stay on this machine."""
    return sorted({each for source in _connectors for each in source() if each != LOCAL})
