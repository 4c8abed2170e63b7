"""Webhooks to systems that accounts name: signed, retried for a day, kept until somebody replays what failed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allonce.kernel.post.webhooks_out.endpoints import (
        PING,
        Change,
        Renewed,
        change_endpoint,
        create_endpoint,
        endpoints_of,
        remove_endpoint,
        rotate_secret,
    )
    from allonce.kernel.post.webhooks_out.sending import (
        Target,
        dead_webhooks,
        deliveries_of,
        ping,
        recall_webhooks,
        replay,
        replay_many,
        send_webhook,
        send_webhooks,
    )

_HOMES = {
    "PING": "endpoints",
    "Change": "endpoints",
    "Renewed": "endpoints",
    "change_endpoint": "endpoints",
    "create_endpoint": "endpoints",
    "endpoints_of": "endpoints",
    "remove_endpoint": "endpoints",
    "rotate_secret": "endpoints",
    "Target": "sending",
    "dead_webhooks": "sending",
    "deliveries_of": "sending",
    "ping": "sending",
    "recall_webhooks": "sending",
    "replay": "sending",
    "replay_many": "sending",
    "send_webhook": "sending",
    "send_webhooks": "sending",
}
__all__ = [
    "PING",
    "Change",
    "Renewed",
    "Target",
    "change_endpoint",
    "create_endpoint",
    "dead_webhooks",
    "deliveries_of",
    "endpoints_of",
    "ping",
    "recall_webhooks",
    "remove_endpoint",
    "replay",
    "replay_many",
    "rotate_secret",
    "send_webhook",
    "send_webhooks",
]


# Models may only be imported once Django has its apps, so the names that need them are looked up late.
def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
