"""A push message is written in the transaction of its cause and sent by a job, once the cause stands."""

import json
import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError
from allonce.kernel.post.push.encrypting import MOST_BYTES
from allonce.kernel.post.push.jobs import deliver
from allonce.kernel.post.push.models import Push, Subscription

# RFC 8030, section 5.4.
TOPIC = re.compile(r"[A-Za-z0-9_-]{0,32}")
CODE = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
# RFC 8030 lets services shorten it; four weeks is what the large ones keep.
LONGEST_TTL = 28 * 24 * 3600


class PushTooLarge(UserError):
    """The payload is beyond what one push message carries."""

    code = "push_too_large"
    status = 413
    message = gettext_lazy("This is too long for a notification.")


def send_push(subscription: Subscription, payload: bytes, *, ttl: int, topic: str = "", key: str) -> UUID:
    """Wake one browser, as part of the caller's transaction; returns the message's id.

    `payload` is JSON in at most 3072 bytes. `ttl` is in seconds: after it nobody wants the message any more; what
    lives for at most five minutes is marked as urgent. A later message of the same `topic` takes the place of one not
    delivered yet. `key` is the caller's own: a repetition returns the first message's id. Raises PushTooLarge;
    ValueError for what is no JSON, topic, key or ttl.
    """
    json.loads(payload)
    if not (TOPIC.fullmatch(topic) and CODE.fullmatch(key) and 0 <= ttl <= LONGEST_TTL):
        raise ValueError("topic is up to 32 letters of base64url, key a code, ttl seconds of at most four weeks")
    if len(payload) > MOST_BYTES:
        raise PushTooLarge
    with transaction.atomic():
        wanted = {"person_id": subscription.person_id, "payload": payload, "topic": topic, "ttl": ttl}
        made, is_new = Push.objects.get_or_create(subscription=subscription, key=key, defaults=wanted)
        if is_new:
            deliver.later(made.id)
    return made.id


def send_push_to(
    browsers: Iterable[Subscription], payload: bytes, *, ttl: int, topic: str = "", key: str
) -> list[UUID]:
    """Wake several browsers, such as those of `subscriptions_of(person)`, each once per `key`; see `send_push`."""
    return [send_push(each, payload, ttl=ttl, topic=topic, key=key) for each in browsers]


def recall_push(person_id: UUID, keys: Sequence[str]) -> int:
    """Take back messages that no service has taken yet; returns how many were still here."""
    waiting = Push.objects.filter(person_id=person_id, key__in=list(keys), state=Push.State.WAITING)
    return waiting.delete()[0]
