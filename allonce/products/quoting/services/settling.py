"""Finds out what became of mails whose sender died or got no answer."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.post.events import standing
from allonce.kernel.post.lookup import relay_lookup
from allonce.kernel.post.relay import knows_keys
from allonce.products.quoting.models import Delivery
from allonce.products.quoting.services.claims import conclude, delivery_message_id

State = Delivery.State
# Relays remember idempotency keys for a day (Resend's API reference); an hour is left for slow clocks.
KEYS_HOLD_FOR = timedelta(hours=23)


def settle(deliveries: Iterable[Delivery]) -> None:
    """Settle those whose claim has run out. Talks to the relay, so call it outside transactions."""
    for delivery in deliveries:
        if is_stale(delivery):
            _settle(delivery)


def is_stale(delivery: Delivery) -> bool:
    """Nobody is sending this any more, and nobody wrote down how it ended."""
    until = delivery.claimed_until
    if delivery.state == State.SENDING:
        return until is not None and until <= now()
    # A repetition was harmless as long as the relay remembered the key.
    in_doubt = delivery.state == State.RETRY and delivery.reason == "no_answer"
    return in_doubt and not _key_holds(delivery)


def _key_holds(delivery: Delivery) -> bool:
    return knows_keys() and now() - delivery.at < KEYS_HOLD_FOR


def _settle(delivery: Delivery) -> None:
    found = _find_out(delivery)
    if found is None:
        return
    with transaction.atomic():
        held = Delivery.objects.select_for_update().get(id=delivery.id)
        if held.claim == delivery.claim and is_stale(held):
            conclude(held, *found)
    delivery.refresh_from_db()


def _find_out(delivery: Delivery) -> tuple[State, str] | None:
    """Where the delivery stands, or None while the relay may still tell.

    Delivery reports first, then the relay's own records. Where neither can tell, a relay that takes one key
    only once may be given the mail again; with any other, only a person decides.
    """
    if standing(delivery.message_hash):
        return State.ACCEPTED, ""
    finding = relay_lookup().find(delivery_message_id(delivery), handed_at=delivery.at)
    if finding == "not_yet":
        return None
    if finding == "taken":
        return State.ACCEPTED, ""
    if finding == "never_taken":
        return State.RETRY, "never_taken"
    return State.RETRY if _key_holds(delivery) else State.UNCERTAIN, "no_answer"
