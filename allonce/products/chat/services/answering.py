"""Accepting, declining and forwarding: who of the agents has a conversation."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import messaging
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.messaging import Draft
from allonce.products.chat import words
from allonce.products.chat.access import AgentAccess
from allonce.products.chat.models import AgentProfile, Conversation, Department, Ring
from allonce.products.chat.queries.presence import OPEN, crew_of
from allonce.products.chat.services import log, routing
from allonce.products.chat.services.ending import hand_over
from allonce.products.chat.services.finding import mine

State = Conversation.State
Answer = Ring.Answer


class AlreadyTaken(UserError):
    """Somebody was first; `agent` says who has it."""

    code = "already_taken"
    status = 409
    message = gettext_lazy("A colleague was first.")

    def __init__(self, agent: AgentProfile | None) -> None:
        super().__init__()
        self.agent = {"id": str(agent.id), "name": agent.name} if agent else None

    def as_problem(self) -> dict[str, Any]:
        return super().as_problem() | {"agent": self.agent}


class NoRoom(UserError):
    """The agent has as many open conversations as their limit lets them."""

    code = "no_room"
    status = 409
    message = gettext_lazy("You have as many conversations as your limit. Close one first.")


class NobodyThere(UserError):
    """For whom it should ring is not there, or has no room."""

    code = "nobody_there"
    status = 409
    message = gettext_lazy("Nobody there can take it now. Choose somebody who is online.")


class OnlyForwarded(UserError):
    """The agent takes what colleagues forward, and nothing else."""

    code = "only_forwarded"
    status = 403
    message = gettext_lazy("You take only what colleagues forward to you.")


@transaction.atomic
def accept(by: AgentAccess, conversation_id: UUID) -> Conversation:
    """Take a waiting conversation, or one that a colleague forwards. Exactly one of those who try at once has it.

    Safe to repeat. Raises NotFound, AlreadyTaken, NoRoom or OnlyForwarded. Audited.
    """
    # One acceptance at a time by each agent: two at once must not both find the last free place.
    profile = AgentProfile.objects.select_for_update().get(pk=by.profile.pk)
    conversation = mine(by, conversation_id)
    if conversation.state == State.ACTIVE and conversation.agent_id == profile.id:
        return conversation
    ring = Ring.objects.filter(conversation=conversation, agent=profile, answer=Answer.OPEN).first()
    if not _may_take(conversation, ring):
        raise AlreadyTaken(conversation.agent)
    if ring is None and profile.routing == AgentProfile.Routing.FORWARD_ONLY:
        raise OnlyForwarded
    require_room(profile)
    _take(by, conversation, profile)
    return conversation


def _may_take(conversation: Conversation, ring: Ring | None) -> bool:
    """Whatever waits; what is forwarded here by the colleague who still has it."""
    if conversation.state == State.WAITING:
        return True
    forwarded = ring is not None and ring.forwarded_by_id is not None
    return forwarded and conversation.state == State.ACTIVE and conversation.agent_id == ring.forwarded_by_id  # type: ignore[union-attr]


def _take(by: AgentAccess, conversation: Conversation, profile: AgentProfile) -> None:
    moment = now()
    conversation.state, conversation.agent, conversation.waiting_since = State.ACTIVE, profile, None
    conversation.accepted_at = conversation.accepted_at or moment
    conversation.save(update_fields=["state", "agent", "accepted_at", "waiting_since"])
    own = Ring.objects.filter(conversation=conversation, agent=profile, answer=Answer.OPEN)
    own.update(answer=Answer.ACCEPTED, answered_at=moment)
    routing.stop_ringing(conversation, Answer.OTHER)
    log.say(conversation, "joined", **seated(profile))
    log.tell_state(by.client, conversation)
    log.record("chat.accepted", by.actor, conversation)


@transaction.atomic
def decline(by: AgentAccess, conversation_id: UUID) -> Conversation:
    """Stop it ringing for this agent. When the last one declines, the visitor is not left waiting for nobody."""
    conversation = mine(by, conversation_id)
    ring = Ring.objects.filter(conversation=conversation, agent=by.profile, answer=Answer.OPEN).first()
    if ring is None:
        return conversation
    ring.answer, ring.answered_at = Answer.DECLINED, now()
    ring.save(update_fields=["answer", "answered_at"])
    if Ring.objects.filter(conversation=conversation, answer=Answer.OPEN).exists():
        return conversation
    if ring.forwarded_by_id is not None:
        back = {"code": "forward_declined", "conv": str(conversation.id), "agent": str(ring.forwarded_by_id)}
        log.tell_console(by.client, "alert", **back)
    elif conversation.state == State.WAITING and not routing.ring(by.client, conversation):
        hand_over(by.client, conversation, "declined")
    return conversation


@transaction.atomic
def forward(
    by: AgentAccess, conversation_id: UUID, *, to: UUID | None = None, department: UUID | None = None, whisper: str = ""
) -> Conversation:
    """Let it ring for a colleague or a department; it stays with this agent until somebody there accepts.

    `whisper` is for colleagues alone. Raises NotFound, NotYourConversation or NobodyThere. Audited.
    """
    from allonce.products.chat.services.speaking import NotYourConversation

    conversation = mine(by, conversation_id)
    if conversation.state != State.ACTIVE or conversation.agent_id != by.profile.id:
        raise NotYourConversation
    colleagues = _colleagues(by, to, department)
    said = words.plain(whisper)
    if said:
        messaging.append(conversation.id, by.seat, Draft(uuid4(), "whisper", {"text": said, "links": []}, "staff"))
    if department is not None:
        conversation.department_id = department
        conversation.save(update_fields=["department"])
    routing.stop_ringing(conversation, Answer.MISSED)
    routing.ring_for(by.client, conversation, colleagues, forwarded_by=by.profile)
    names = [str(each.id) for each in colleagues]
    log.say(conversation, "forwarded", audience="staff", agent=str(by.profile.id), to=names)
    log.record("chat.forwarded", by.actor, conversation)
    return conversation


def _colleagues(by: AgentAccess, to: UUID | None, department: UUID | None) -> list[AgentProfile]:
    crew = crew_of(by.client)
    if to is not None:
        found = [each for each in crew.agents if each.id == to and each.id != by.profile.id]
        if not found:
            raise NotFound
        able = [each for each in found if crew.presence(each) == "online" and crew.has_room(each)]
    else:
        chosen = Department.objects.filter(pk=department, account=by.account).first() if department else None
        if chosen is None:
            raise NotFound
        able = [each for each in crew.eligible(chosen, anybody=True) if each.id != by.profile.id]
    if not able:
        raise NobodyThere
    return able


def require_room(profile: AgentProfile) -> None:
    """Raises NoRoom at the agent's limit. Hold the profile's row locked."""
    held = Conversation.objects.filter(agent=profile, state__in=OPEN).count()
    if held >= profile.limit:
        raise NoRoom


def seated(profile: AgentProfile) -> dict[str, Any]:
    """How an agent is shown to the visitor."""
    return {"agent": str(profile.id), "name": profile.name, "picture": profile.picture is not None}
