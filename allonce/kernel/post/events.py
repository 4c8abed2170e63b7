"""Reports of relays: reduced, stored once, and folded so that their order cannot matter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import IntegrityError, transaction

from allonce.kernel.clock import now
from allonce.kernel.post.models import DeliveryEvent, RelayName
from allonce.kernel.post.ports import delivery_listeners
from allonce.kernel.vault import INSTALL, keyed_hash

State = DeliveryEvent.State

# Opened, clicked and unsubscribed are not here: what a recipient does with a mail is nobody's business.
STATES: dict[str, State] = {
    EventType.QUEUED: State.ACCEPTED,
    EventType.SENT: State.ACCEPTED,
    EventType.DEFERRED: State.DEFERRED,
    EventType.DELIVERED: State.DELIVERED,
    EventType.COMPLAINED: State.DELIVERED,
    EventType.BOUNCED: State.BOUNCED,
    EventType.FAILED: State.BOUNCED,
    EventType.REJECTED: State.BOUNCED,
}
REASONS: dict[str, str] = {
    RejectReason.INVALID: "address_invalid",
    RejectReason.BOUNCED: "bounced",
    RejectReason.TIMED_OUT: "no_answer",
    RejectReason.BLOCKED: "blocked",
    RejectReason.SPAM: "spam_suspected",
    RejectReason.UNSUBSCRIBED: "blocked",
}
# A delivery that later came back counts as come back; between two final reports the later one holds.
RANKS = {State.ACCEPTED: 0, State.DEFERRED: 1, State.DELIVERED: 2, State.BOUNCED: 3}
FINAL = frozenset({State.DELIVERED, State.BOUNCED})


@dataclass(frozen=True)
class Standing:
    """Where all reports together leave a mail."""

    state: str
    reason: str
    at: datetime


def message_hash(message_id: str) -> str:
    """How a Message-ID, ours or a relay's, is kept."""
    return keyed_hash(INSTALL, "post.message_id", message_id.strip().strip("<>"))


def take_report(event: AnymailTrackingEvent, esp_name: str) -> None:
    """Store one report and tell whose mail it is. A report seen before changes nothing."""
    state = STATES.get(event.event_type)
    if state is None or not event.message_id:
        return
    event_hash = keyed_hash(INSTALL, "post.event_id", _identity(event, esp_name))
    named = message_hash(_best_name(event))
    try:
        with transaction.atomic():
            alias = RelayName.objects.filter(relay_hash=named).first()
            ours = alias.message_hash if alias else named
            DeliveryEvent.objects.create(
                event_hash=event_hash,
                message_hash=ours,
                state=state,
                reason=_reason(event),
                at=event.timestamp or now(),
            )
            _tell(ours, event_hash)
    except IntegrityError:
        if not DeliveryEvent.objects.filter(event_hash=event_hash).exists():
            raise


def _identity(event: AnymailTrackingEvent, esp_name: str) -> str:
    """The report's own id, or for the relays that give none, what makes it unlike others."""
    return f"{esp_name}:{event.event_id or (event.message_id, event.event_type, event.timestamp)}"


def _best_name(event: AnymailTrackingEvent) -> str:
    """The Message-ID that Postal gives beside its own number, or whatever the relay names the mail by."""
    payload: dict[str, Any] = event.esp_event.get("payload", {}) if isinstance(event.esp_event, dict) else {}
    original = payload.get("message") or payload.get("original_message") or {}
    return str(original.get("message_id") or event.message_id)


def _reason(event: AnymailTrackingEvent) -> str:
    if event.event_type == EventType.COMPLAINED:
        return "complained"
    if STATES[event.event_type] == State.BOUNCED:
        return REASONS.get(event.reject_reason or "", "bounced")
    return "deferred" if STATES[event.event_type] == State.DEFERRED else ""


def known_as(message_id: str, relay_id: str) -> None:
    """Remember what the relay calls this mail, and take over what it reported before we knew."""
    if not relay_id:
        return
    theirs, ours = message_hash(relay_id), message_hash(message_id)
    RelayName.objects.get_or_create(relay_hash=theirs, defaults={"message_hash": ours, "created_at": now()})
    if DeliveryEvent.objects.filter(message_hash=theirs).update(message_hash=ours):
        _tell(ours, "")


def standing(hashed: str) -> Standing | None:
    """Where the reports so far leave the mail; None without any."""
    events = DeliveryEvent.objects.filter(message_hash=hashed)
    best = max(events, key=_weight, default=None)
    return Standing(best.state, best.reason, best.at) if best else None


def _weight(event: DeliveryEvent) -> tuple[bool, datetime, int, str]:
    state = State(event.state)
    return state in FINAL, event.at, RANKS[state], event.event_hash


def _tell(hashed: str, event_id: str) -> None:
    stands = standing(hashed)
    if stands is None:
        return
    for listener in delivery_listeners():
        listener.on_event(hashed, stands.state, stands.reason, stands.at, event_id)
