"""What the house itself writes into conversations and into an account's console."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from allonce.kernel import audit, messaging
from allonce.kernel.audit import Actor
from allonce.kernel.messaging import Draft
from allonce.products.chat.models import AgentProfile, ChatClient, Conversation

SYSTEM_SEAT = "system"


def say(conversation: Conversation, code: str, *, audience: str = "all", **more: Any) -> None:
    """A line of the house in the conversation: joined, left, forwarded, closed, reopened, handed_to_mail."""
    messaging.append(conversation.id, SYSTEM_SEAT, Draft(uuid4(), "system", {"code": code, **more}, audience))


def tell_console(client: ChatClient, kind: str, **body: Any) -> None:
    """An entry in the log that all consoles of the account follow. It holds ids and codes, never what people wrote."""
    if client.console_stream is not None:
        messaging.append(client.console_stream, SYSTEM_SEAT, Draft(uuid4(), kind, body, "staff"))


def tell_state(client: ChatClient, conversation: Conversation) -> None:
    """The conversation's state and agent, to all consoles."""
    agent = str(conversation.agent_id) if conversation.agent_id else None
    tell_console(client, "state", conv=str(conversation.id), state=str(conversation.state), agent=agent)


def tell_ring(client: ChatClient, conversation: Conversation, agents: Iterable[AgentProfile]) -> None:
    """For whom it rings, to all consoles."""
    department = str(conversation.department_id) if conversation.department_id else None
    ids = [str(each.id) for each in agents]
    tell_console(client, "ring", conv=str(conversation.id), department=department, agents=ids)


def record(action: str, actor: Actor, conversation: Conversation, **data: Any) -> None:
    """Into the account's record of who did what. Last in a service: writers queue at its end."""
    target = f"chat.Conversation:{conversation.id}"
    audit.record(action, actor=actor, account_id=conversation.account_id, target=target, data=data)


def ids(rows: Iterable[Any]) -> list[UUID]:
    """The ids of rows."""
    return [row.id for row in rows]
