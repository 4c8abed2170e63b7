"""Browser push (RFC 8030), encrypted (RFC 8291), by a server that names itself (RFC 8292)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allonce.kernel.post.push.sending import PushTooLarge, recall_push, send_push, send_push_to
    from allonce.kernel.post.push.subscriptions import (
        PushNotOffered,
        SubscriptionRefused,
        forget_person,
        subscribe,
        subscriptions_of,
        unsubscribe,
    )
    from allonce.kernel.post.push.vapid import application_server_key

_HOMES = {
    "PushTooLarge": "sending",
    "recall_push": "sending",
    "send_push": "sending",
    "send_push_to": "sending",
    "PushNotOffered": "subscriptions",
    "SubscriptionRefused": "subscriptions",
    "forget_person": "subscriptions",
    "subscribe": "subscriptions",
    "subscriptions_of": "subscriptions",
    "unsubscribe": "subscriptions",
    "application_server_key": "vapid",
}
__all__ = [
    "PushNotOffered",
    "PushTooLarge",
    "SubscriptionRefused",
    "application_server_key",
    "forget_person",
    "recall_push",
    "send_push",
    "send_push_to",
    "subscribe",
    "subscriptions_of",
    "unsubscribe",
]


# Models may only be imported once Django has its apps, so the names that need them are looked up late.
def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
