"""How conversations end and begin again: closed, handed to mail, reopened."""

from uuid import UUID

from django.db import transaction

from allonce.kernel import messaging
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.products.chat import ports
from allonce.products.chat.access import AgentAccess, merchant_of
from allonce.products.chat.jobs import unanswered
from allonce.products.chat.models import AgentProfile, ChatClient, Conversation, Disposition, Ring
from allonce.products.chat.services import log, routing
from allonce.products.chat.services.finding import locked, mine
from allonce.products.chat.stream import VISITOR

State = Conversation.State
ClosedBy = Conversation.ClosedBy


@transaction.atomic
def close(by: AgentAccess, conversation_id: UUID, disposition: str | None = None) -> Conversation:
    """End it, with how it ended from the Client's list. Safe to repeat. Raises NotFound. Audited."""
    conversation = mine(by, conversation_id)
    if disposition:
        conversation.disposition = disposition_of(by.client, disposition)
        conversation.save(update_fields=["disposition"])
    if conversation.state != State.CLOSED:
        finish(by.client, conversation, ClosedBy.AGENT, agent=str(by.profile.id))
        log.record("chat.closed", by.actor, conversation)
    return conversation


@transaction.atomic
def close_by_visitor(conversation_id: UUID) -> Conversation:
    """The visitor has said goodbye. Safe to repeat."""
    conversation = locked(conversation_id)
    if conversation.state != State.CLOSED:
        finish(merchant_of(conversation.account_id), conversation, ClosedBy.VISITOR)
    return conversation


@transaction.atomic
def reopen(by: AgentAccess, conversation_id: UUID) -> Conversation:
    """Take up an ended conversation as one's own. Raises NotFound or NoRoom. Audited."""
    from allonce.products.chat.services.answering import require_room, seated

    profile = AgentProfile.objects.select_for_update().get(pk=by.profile.pk)
    conversation = mine(by, conversation_id)
    if conversation.is_open:
        return conversation
    require_room(profile)
    conversation.state, conversation.agent = State.ACTIVE, profile
    conversation.closed_at, conversation.closed_by = None, ""
    conversation.save(update_fields=["state", "agent", "closed_at", "closed_by"])
    log.say(conversation, "reopened", **seated(profile))
    log.tell_state(by.client, conversation)
    log.record("chat.reopened", by.actor, conversation)
    return conversation


@transaction.atomic
def give_up_waiting(conversation_id: UUID) -> None:
    """Nobody accepted in time. Nothing happens where somebody did, or where it rings anew since."""
    conversation = Conversation.objects.select_for_update().filter(pk=conversation_id, state=State.WAITING).first()
    if conversation is None:
        return
    client = merchant_of(conversation.account_id)
    since = conversation.waiting_since
    if since is None or now() - since >= routing.waits_for(client):
        hand_over(client, conversation, "unanswered")


@transaction.atomic
def visitor_stayed_away(conversation_id: UUID) -> None:
    """The visitor left and did not come back."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("consumer")
    conversation = rows.filter(pk=conversation_id, state__in=[State.WAITING, State.ACTIVE]).first()
    if conversation is None or conversation.left_at is None or VISITOR in messaging.present(conversation_id):
        return
    client = merchant_of(conversation.account_id)
    log.say(conversation, "left")
    if conversation.consumer.email or conversation.awaiting_since:
        hand_over(client, conversation, "left")
    else:
        finish(client, conversation, ClosedBy.SYSTEM)


@transaction.atomic
def ring_again(conversation_id: UUID) -> None:
    """What the visitor's new words woke rings like a new one."""
    conversation = Conversation.objects.select_for_update().filter(pk=conversation_id, state=State.WAITING).first()
    if conversation is None:
        return
    client = merchant_of(conversation.account_id)
    Ring.objects.filter(conversation=conversation, answer=Ring.Answer.DECLINED).update(answer=Ring.Answer.MISSED)
    log.say(conversation, "reopened")
    log.tell_state(client, conversation)
    routing.ring(client, conversation)
    unanswered.after(routing.waits_for(client), conversation.id)


def hand_over(client: ChatClient, conversation: Conversation, why: str) -> None:
    """Go on by mail, in the caller's transaction and with the row locked: the Client has the lead."""
    conversation.state, conversation.handed_at, conversation.waiting_since = State.HAND_OVER, now(), None
    conversation.save(update_fields=["state", "handed_at", "waiting_since"])
    routing.stop_ringing(conversation, Ring.Answer.MISSED)
    reachable = bool(conversation.consumer.email)
    log.say(conversation, "handed_to_mail", why=why, reachable=reachable)
    log.tell_state(client, conversation)
    ports.conversation_ended(conversation)


def finish(client: ChatClient, conversation: Conversation, closed_by: ClosedBy, agent: str | None = None) -> None:
    """Close it, in the caller's transaction and with the row locked."""
    conversation.state, conversation.closed_at, conversation.closed_by = State.CLOSED, now(), closed_by
    conversation.waiting_since, conversation.awaiting_since = None, None
    conversation.save(update_fields=["state", "closed_at", "closed_by", "waiting_since", "awaiting_since"])
    routing.stop_ringing(conversation, Ring.Answer.MISSED)
    log.say(conversation, "closed", by=str(closed_by), agent=agent)
    log.tell_state(client, conversation)
    ports.conversation_ended(conversation)


def disposition_of(client: ChatClient, code: str) -> Disposition:
    """One of the Client's own. Raises NotFound."""
    found = Disposition.objects.filter(account_id=client.account_id, code=code, hidden_at=None).first()
    if found is None:
        raise NotFound
    return found
