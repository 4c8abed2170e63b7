"""For whom a conversation rings. Everybody eligible at once; the first to accept has it."""

from datetime import timedelta

from allonce.kernel.clock import now
from allonce.products.chat.models import AgentProfile, ChatClient, Conversation, Ring
from allonce.products.chat.queries.presence import Crew, crew_of
from allonce.products.chat.services import log, waking

OPEN = Ring.Answer.OPEN


def ring(client: ChatClient, conversation: Conversation) -> list[AgentProfile]:
    """Alert every eligible agent who has not been alerted yet, in the caller's transaction; returns these."""
    found = crew_of(client).eligible(conversation.department)
    return ring_for(client, conversation, found)


def ring_for(
    client: ChatClient,
    conversation: Conversation,
    agents: list[AgentProfile],
    forwarded_by: AgentProfile | None = None,
) -> list[AgentProfile]:
    """Alert these agents, at their desks and on their phones; those who declined this are left in peace."""
    asked = Ring.objects.filter(conversation=conversation, answer__in=[OPEN, Ring.Answer.DECLINED])
    if forwarded_by is not None:
        asked = asked.filter(answer=OPEN)
    known = set(asked.values_list("agent_id", flat=True))
    fresh = [each for each in agents if each.id not in known]
    Ring.objects.bulk_create(
        Ring(account_id=client.account_id, conversation=conversation, agent=each, forwarded_by=forwarded_by)
        for each in fresh
    )
    if fresh:
        log.tell_ring(client, conversation, fresh)
        waking.ring(conversation, fresh)
    return fresh


def ring_waiting(client: ChatClient, agent: AgentProfile, crew: Crew | None = None) -> int:
    """Somebody came online: what waits rings for them, too. Returns how many conversations do."""
    crew = crew or crew_of(client)
    waiting = Conversation.objects.filter(account_id=client.account_id, state=Conversation.State.WAITING)
    rung = 0
    for conversation in waiting.select_related("department").order_by("waiting_since")[: agent.limit]:
        if agent.id in log.ids(crew.eligible(conversation.department)):
            rung += len(ring_for(client, conversation, [agent]))
    return rung


def stop_ringing(conversation: Conversation, answer: Ring.Answer) -> None:
    """End all open rings: somebody else was first, or nobody came."""
    Ring.objects.filter(conversation=conversation, answer=OPEN).update(answer=answer, answered_at=now())


def waits_for(client: ChatClient) -> timedelta:
    """How long a visitor waits before the conversation is handed to mail."""
    return timedelta(seconds=client.ring_seconds)
