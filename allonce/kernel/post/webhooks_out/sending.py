"""A webhook is written in the transaction of its cause and delivered by a job, once the cause stands."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel.audit import Actor, record
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.post.outward import readable_url
from allonce.kernel.post.signing import key_of
from allonce.kernel.post.webhooks_out.connectors import require_allowed
from allonce.kernel.post.webhooks_out.endpoints import CODE, PING, endpoints_of, own
from allonce.kernel.post.webhooks_out.jobs import deliver
from allonce.kernel.post.webhooks_out.models import Delivery
from allonce.kernel.vault import Scope, keyed_hash

MOST_BYTES = 256 * 1024
State = Delivery.State


class WebhookTooLarge(UserError):
    """What is to be told is beyond what receivers take."""

    code = "webhook_too_large"
    status = 413
    message = gettext_lazy("This is too large to be sent as a webhook.")


class NothingToReplay(UserError):
    """The delivery is not dead, or what it was to tell has been forgotten."""

    code = "nothing_to_replay"
    status = 409
    message = gettext_lazy("Only what failed within the last thirty days can be sent again.")


@dataclass(frozen=True)
class Target:
    """An address with its own secret, for those that keep theirs elsewhere than in an endpoint."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


def send_webhook(
    account_id: UUID, to: UUID | Target, event: str, payload: Mapping[str, Any], *, event_id: UUID
) -> UUID:
    """Tell one endpoint (by its id) or Target of an event, as part of the caller's transaction; returns its id.

    The body is `{"type": event, "timestamp": ..., "data": payload}`. The same `event_id` to the same address is told
    once: a repetition returns the first delivery's id. Raises NotFound for another account's endpoint,
    AddressRefused, SecretRefused, ProcessorNotAllowed, WebhookTooLarge.
    """
    if not CODE.fullmatch(event) or len(event) > 60:
        raise ValueError(f"{event!r} is no code of an event")
    endpoint = None if isinstance(to, Target) else own(account_id, to)
    content = {"body": _body(event, payload)} | (_checked(to, account_id) if isinstance(to, Target) else {})
    place = to.url if isinstance(to, Target) else to.hex
    target_hash = keyed_hash(Scope("account", account_id), "post_webhooks.target", place)
    with transaction.atomic():
        made, is_new = Delivery.objects.get_or_create(
            account_id=account_id,
            event_id=event_id,
            target_hash=target_hash,
            defaults={"endpoint": endpoint, "event": event, "content": content, "next_try_at": now()},
        )
        if is_new:
            deliver.later(made.id)
    return made.id


def send_webhooks(account_id: UUID, event: str, payload: Mapping[str, Any], *, event_id: UUID) -> list[UUID]:
    """Tell every enabled endpoint of the account that asked for this event; in the caller's transaction."""
    wanting = [
        each for each in endpoints_of(account_id).filter(enabled=True) if not each.events or event in each.events
    ]
    return [send_webhook(account_id, each.id, event, payload, event_id=event_id) for each in wanting]


def ping(account_id: UUID, endpoint_id: UUID) -> UUID:
    """Send a test event, tried once; the delivery's `status` tells what came of it. Raises NotFound."""
    return send_webhook(account_id, endpoint_id, PING, {"ping": True}, event_id=uuid4())


def deliveries_of(account_id: UUID, endpoint_id: UUID | None = None) -> QuerySet[Delivery]:
    """The account's deliveries, latest first, of one endpoint or of all."""
    chosen = Q(account_id=account_id) & (Q(endpoint_id=endpoint_id) if endpoint_id else Q())
    return Delivery.objects.filter(chosen).order_by("-created_at", "-id")


def dead_webhooks(account_id: UUID | None = None) -> QuerySet[Delivery]:
    """What could not be told for a day and can be told again, latest first; of one account or of all."""
    chosen = Q(state=State.DEAD, content__isnull=False) & (Q(account_id=account_id) if account_id else Q())
    return Delivery.objects.filter(chosen).exclude(event=PING).order_by("-created_at", "-id")


def replay(account_id: UUID, delivery_id: UUID, actor: Actor) -> None:
    """Try a dead delivery again for another day, under the same webhook-id. Raises NotFound, NothingToReplay."""
    with transaction.atomic():
        found = Delivery.objects.select_for_update().filter(account_id=account_id, id=delivery_id).first()
        if found is None:
            raise NotFound
        if found.state != State.DEAD or found.content is None:
            raise NothingToReplay
        found.state, found.attempts, found.next_try_at, found.settled_at = State.WAITING, 0, now(), None
        found.save(update_fields=["state", "attempts", "next_try_at", "settled_at"])
        deliver.later(found.id)
        target = f"post_webhooks.Delivery:{found.id}"
        record("webhook.replayed", actor=actor, account_id=account_id, target=target)


def replay_many(chosen: Iterable[tuple[UUID, UUID]], actor: Actor) -> int:
    """Try these dead deliveries (account, delivery) again, each by itself, so that a stop half way loses none.

    Those that are no longer dead, or that never were, are passed over. Returns how many are on their way.
    """
    sent = 0
    for account_id, delivery_id in chosen:
        with suppress(NotFound, NothingToReplay):
            replay(account_id, delivery_id, actor)
            sent += 1
    return sent


def recall_webhooks(account_id: UUID, event_id: UUID) -> int:
    """Forget what of an event has not arrived yet, as when its subject is erased; returns how many deliveries."""
    undelivered = Delivery.objects.filter(account_id=account_id, event_id=event_id).exclude(state=State.DELIVERED)
    return undelivered.delete()[0]


def _checked(target: Target, account_id: UUID) -> dict[str, str]:
    require_allowed(readable_url(target.url), account_id)
    key_of(target.secret)
    return {"url": target.url, "secret": target.secret}


def _body(event: str, payload: Mapping[str, Any]) -> str:
    whole = {"type": event, "timestamp": now().isoformat(), "data": payload}
    text = json.dumps(whole, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)
    if len(text.encode()) > MOST_BYTES:
        raise WebhookTooLarge
    return text
