"""One try to hand one message to its push service, and what follows from it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.jobs import RetryLater
from allonce.kernel.post.outward import AddressRefused, NoAnswer, call, readable_url
from allonce.kernel.post.ports import ProcessorNotAllowed, processor_gate
from allonce.kernel.post.push.encrypting import encrypted
from allonce.kernel.post.push.models import Push, Subscription
from allonce.kernel.post.push.services import connector_of, service_of
from allonce.kernel.post.push.vapid import authorization
from allonce.kernel.vault.errors import KeyDestroyed

State = Push.State
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
# A message for now or never still gets a second try.
SHORTEST_LIFE = timedelta(seconds=30)
# What is worth so little time, in seconds, should not wait for a charger (RFC 8030, section 5.3).
URGENT_TTL = 300
# RFC 8030, section 7.3, and what services answer for browsers that are no more.
GONE = frozenset({404, 410})
AGAIN = frozenset({408, 425, 429})


def attempt(push_id: UUID) -> None:
    """Try once. Settled messages are left alone, so a repeated job does nothing. Raises RetryLater."""
    push = Push.objects.select_related("subscription").filter(id=push_id, state=State.WAITING).first()
    if push is None:
        return
    push.attempts += 1
    push.save(update_fields=["attempts"])
    life = max(timedelta(seconds=push.ttl), SHORTEST_LIFE)
    if now() - push.created_at > life:
        _settle(push, State.EXPIRED, push.reason)
        return
    status, asked_wait = _tried(push)
    if status in GONE:
        push.subscription.delete()
    elif status == OWNER_GONE:
        push.delete()
    elif 200 <= status < 300:
        _settle(push, State.TAKEN, "")
    elif 400 <= status < 500 and status not in AGAIN:
        _settle(push, State.REFUSED, str(status))
    else:
        Push.objects.filter(id=push.id).update(reason=str(status) if status else "no_answer")
        raise RetryLater(min(max(FIRST_WAIT * 2 ** min(push.attempts - 1, 12), asked_wait), LONGEST_WAIT))


# No HTTP statuses: nothing can be tried any more; nothing came back.
OWNER_GONE, NOTHING = -1, 0


def _tried(push: Push) -> tuple[int, timedelta]:
    """The answer's HTTP status, and for how long the service asked to be left alone."""
    subscription = push.subscription
    try:
        info, payload = subscription.info, push.payload
    except KeyDestroyed:
        return OWNER_GONE, timedelta()
    try:
        url = readable_url(info["endpoint"])
        processor_gate().may_use(connector_of(service_of(url) or url.host), subscription.account_id)
        answer = call(info["endpoint"], encrypted(info, payload), _headers(push, authorization(url)))
    except (AddressRefused, ProcessorNotAllowed, NoAnswer):
        return NOTHING, timedelta()
    return answer.status, timedelta(seconds=answer.retry_after)


def _headers(push: Push, credentials: str) -> dict[str, str]:
    left = push.created_at + timedelta(seconds=push.ttl) - now()
    return {
        "Authorization": credentials,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int(left.total_seconds()))),
        "Urgency": "high" if push.ttl <= URGENT_TTL else "normal",
        **({"Topic": push.topic} if push.topic else {}),
    }


def _settle(push: Push, state: State, reason: str) -> None:
    push.state, push.reason, push.payload, push.settled_at = state, reason, None, now()
    with transaction.atomic():
        if not Push.objects.select_for_update().filter(id=push.id, state=State.WAITING).exists():
            return  # recalled meanwhile
        push.save(update_fields=["state", "reason", "payload", "settled_at"])
        if state == State.TAKEN:
            Subscription.objects.filter(id=push.subscription_id).update(reached_at=now())
