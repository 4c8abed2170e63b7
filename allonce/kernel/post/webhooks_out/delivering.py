"""One try to deliver one webhook, and what follows from it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.jobs import RetryLater
from allonce.kernel.post import signing
from allonce.kernel.post.outward import AddressRefused, NoAnswer, call, readable_url
from allonce.kernel.post.ports import ProcessorNotAllowed
from allonce.kernel.post.webhooks_out.connectors import require_allowed
from allonce.kernel.post.webhooks_out.endpoints import PING, secrets_in_force
from allonce.kernel.post.webhooks_out.models import Delivery, Endpoint
from allonce.kernel.vault.errors import KeyDestroyed

State = Delivery.State
# Waits of 20 s, 40 s, ... up to 11 h 22 min: thirteen tries in all, the last after 22 h 45 min.
FIRST_WAIT = timedelta(seconds=20)
MOST_ATTEMPTS = 13
LONGEST_WAIT = timedelta(hours=12)
# Words beside HTTP statuses that `Delivery.status` may hold.
WORDS = frozenset(
    {
        *("address_refused", "name_unknown", "unreachable", "tls_failed", "timeout", "broken"),
        *("not_approved", "switched_off", "owner_gone"),
    }
)
OWNER_GONE = "owner_gone"
GONE = 410


def attempt(delivery_id: UUID) -> None:
    """Try once. Settled deliveries are left alone, so a repeated job does nothing.

    Counted before it begins. What arrived without our noticing is sent again under the same webhook-id, by which
    the receiver knows it. Raises RetryLater when it must be tried again.
    """
    delivery = Delivery.objects.select_related("endpoint").filter(id=delivery_id, state=State.WAITING).first()
    if delivery is None:
        return
    delivery.attempts += 1
    delivery.save(update_fields=["attempts"])
    status, asked_wait = _tried(delivery)
    wait = settle(delivery, status, timedelta(seconds=asked_wait))
    if wait is not None:
        raise RetryLater(wait)


def settle(delivery: Delivery, status: str, asked_wait: timedelta = timedelta()) -> timedelta | None:
    """Write down what came of a try; returns how long to wait for the next, None if there is none."""
    delivery.status = status
    wait = None
    if status.startswith("2"):
        delivery.state, delivery.content = State.DELIVERED, None
    elif status == OWNER_GONE:
        delivery.state, delivery.content = State.DEAD, None
    elif _is_final(delivery, status):
        delivery.state = State.DEAD
    else:
        wait = min(max(FIRST_WAIT * 2 ** (delivery.attempts - 1), asked_wait), LONGEST_WAIT)
    delivery.next_try_at = now() + wait if wait is not None else None
    delivery.settled_at = None if wait is not None else now()
    with transaction.atomic():
        # A delivery that was recalled meanwhile stays away.
        if Delivery.objects.select_for_update().filter(id=delivery.id).exists():
            delivery.save(update_fields=["state", "status", "content", "next_try_at", "settled_at"])
        if status == str(GONE) and delivery.endpoint_id:
            Endpoint.objects.filter(id=delivery.endpoint_id).update(enabled=False)
    return wait


def _is_final(delivery: Delivery, status: str) -> bool:
    if status in {str(GONE), "switched_off"}:
        return True
    return delivery.event == PING or delivery.attempts >= MOST_ATTEMPTS


def _tried(delivery: Delivery) -> tuple[str, int]:
    """The status in one word, and for how many seconds the receiver asked to be left alone."""
    endpoint = delivery.endpoint
    if endpoint is not None and not endpoint.enabled:
        return "switched_off", 0
    try:
        content = delivery.content
        url = content["url"] if endpoint is None else endpoint.url
        secrets = [content["secret"]] if endpoint is None else secrets_in_force(endpoint)
    except KeyDestroyed:
        return OWNER_GONE, 0
    body = content["body"].encode()
    try:
        require_allowed(readable_url(url), delivery.account_id)
        answer = call(url, body, _headers(delivery, secrets, body))
    except ProcessorNotAllowed:
        return "not_approved", 0
    except AddressRefused:
        return "address_refused", 0
    except NoAnswer as error:
        return error.word, 0
    return str(answer.status), answer.retry_after


def _headers(delivery: Delivery, secrets: list[str], body: bytes) -> dict[str, str]:
    message_id = f"msg_{delivery.event_id.hex}"
    signed = signing.headers(secrets, message_id, int(now().timestamp()), body)
    return {"Content-Type": "application/json", **signed}
