"""Everything that leaves the house: what is sent from outboxes, and what must never be stored, from memory."""

from typing import TYPE_CHECKING

from allonce.kernel.post.message import Attachment, Mail, RelayMail, RelayOutcome

if TYPE_CHECKING:
    from allonce.kernel.post.compose import Action, House, Words, letter
    from allonce.kernel.post.outbox import recall, send
    from allonce.kernel.post.push.sending import send_push, send_push_to
    from allonce.kernel.post.relay import Relay, message_id_for, relay_now
    from allonce.kernel.post.sms.sending import send_sms
    from allonce.kernel.post.webhooks_out.sending import send_webhook, send_webhooks

__all__ = [
    "Action",
    "Attachment",
    "House",
    "Mail",
    "Relay",
    "RelayMail",
    "RelayOutcome",
    "Words",
    "letter",
    "message_id_for",
    "recall",
    "relay_now",
    "send",
    "send_push",
    "send_push_to",
    "send_sms",
    "send_webhook",
    "send_webhooks",
]

# Models may only be imported once Django has its apps, so the names that need them are looked up late.
_HOMES = {
    "Action": "compose",
    "House": "compose",
    "Words": "compose",
    "letter": "compose",
    "Relay": "relay",
    "message_id_for": "relay",
    "recall": "outbox",
    "relay_now": "relay",
    "send": "outbox",
    "send_push": "push.sending",
    "send_push_to": "push.sending",
    "send_sms": "sms.sending",
    "send_webhook": "webhooks_out.sending",
    "send_webhooks": "webhooks_out.sending",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
