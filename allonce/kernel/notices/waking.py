"""Browsers that a person lets be woken: what they are told stands on the screen, and leads to the page behind it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from allonce.kernel import audit, post
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.post import push

USE = "notices"
# Beyond a day it is an old story; it stands in the app and in the mail anyway.
LASTS = 24 * 3600


def wake(person: Person, words: post.Words) -> None:
    """Tell every browser of theirs, in the caller's transaction: the subject and where it leads, nothing else."""
    browsers = push.subscriptions_of(person.id, use=USE)
    said = {"title": words.subject, "url": words.action.url if words.action else ""}
    push.send_push_to(browsers, json.dumps(said).encode(), ttl=LASTS, key=f"notice:{uuid4().hex}")


def browser_key() -> str:
    """What a browser subscribes with (RFC 8292), in base64url."""
    return push.application_server_key()


def switch_on(person_id: UUID, subscription: Mapping[str, Any], *, actor: Actor) -> None:
    """Let this browser be woken. Raises SubscriptionRefused, PushNotOffered, ProcessorNotAllowed. Audited."""
    push.subscribe(person_id, subscription, use=USE)
    audit.record("notices.browser_on", actor=actor, target=f"accounts.Person:{person_id}", data={})


def switch_off(person_id: UUID, endpoint: str, *, actor: Actor) -> None:
    """Wake this browser no longer; one that is not known is left alone. Audited."""
    if push.unsubscribe(person_id, endpoint, use=USE):
        audit.record("notices.browser_off", actor=actor, target=f"accounts.Person:{person_id}", data={})
