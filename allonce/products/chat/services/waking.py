"""Waking agents' browsers, even with the page closed. A push says that something is there, never what anybody wrote."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from allonce.kernel.post.push import send_push_to, subscriptions_of
from allonce.products.chat.models import AgentProfile, Conversation

USE = "chat"
# A ring is worth nothing once the visitor was handed to mail; an offer to stay nothing after the time is over.
RING_SECONDS = 120
OFFER_SECONDS = 120


def ring(conversation: Conversation, agents: Iterable[AgentProfile]) -> None:
    """A visitor is there for these agents, in the caller's transaction."""
    topic = f"c{conversation.id.hex[:24]}"
    _wake(agents, {"t": "ring", "conv": str(conversation.id)}, RING_SECONDS, topic)


def hot_lead(conversation: Conversation, agents: Iterable[AgentProfile]) -> None:
    """A colleague marked a lead as hot."""
    _wake(agents, {"t": "hot", "conv": str(conversation.id)}, RING_SECONDS, "hot")


def offer_extension(agent: AgentProfile) -> None:
    """The time on the phone is nearly over."""
    until = agent.mobile_until.isoformat() if agent.mobile_until else ""
    _wake([agent], {"t": "extend", "until": until}, OFFER_SECONDS, "extend")


def _wake(agents: Iterable[AgentProfile], said: dict[str, Any], ttl: int, topic: str) -> None:
    payload = json.dumps(said).encode()
    for agent in agents:
        browsers = subscriptions_of(agent.person_id, use=USE, account_id=agent.account_id)
        send_push_to(browsers, payload, ttl=ttl, topic=topic, key=uuid4().hex)
