"""What agents note about a conversation and its visitor: tags, hot, how it ended, who it is, and no more of them."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import messaging
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.messaging import Draft
from allonce.products.chat import words
from allonce.products.chat.access import AgentAccess
from allonce.products.chat.models import Conversation, Tag
from allonce.products.chat.queries.presence import crew_of
from allonce.products.chat.services import consumers, log, waking
from allonce.products.chat.services.ending import ClosedBy, disposition_of, finish
from allonce.products.chat.services.finding import mine

MOST_TAGS = 12


class UnfitTags(UserError):
    """Too many tags, or one that is no word."""

    code = "unfit_tags"
    status = 422


@transaction.atomic
def tag(by: AgentAccess, conversation_id: UUID, given: list[str]) -> Conversation:
    """Put exactly these tags on it; new ones join the account's list. Raises NotFound or UnfitTags. Audited."""
    conversation = mine(by, conversation_id)
    chosen = list(dict.fromkeys(word for each in given if (word := words.line(each, 40))))
    if len(chosen) > MOST_TAGS:
        raise UnfitTags(fields={"tags": _("At most 12 tags.")})
    Tag.objects.bulk_create([Tag(account=by.account, word=word) for word in chosen], ignore_conflicts=True)
    conversation.tags.set(Tag.objects.filter(account=by.account, word__in=chosen))
    log.tell_state(by.client, conversation)
    log.record("chat.tagged", by.actor, conversation)
    return conversation


@transaction.atomic
def set_hot(by: AgentAccess, conversation_id: UUID, on: bool) -> Conversation:
    """Mark a lead as hot, and tell the agents who are there for hot ones. Raises NotFound. Audited."""
    conversation = mine(by, conversation_id)
    if conversation.hot == on:
        return conversation
    conversation.hot = on
    conversation.save(update_fields=["hot"])
    if on:
        crew = crew_of(by.client)
        others = [each for each in crew.agents if each.hot_leads and each.id != by.profile.id]
        told = [each for each in others if crew.presence(each) == "online"]
        log.tell_console(
            by.client, "alert", code="hot_lead", conv=str(conversation.id), agents=[str(each.id) for each in told]
        )
        waking.hot_lead(conversation, told)
    log.tell_state(by.client, conversation)
    log.record("chat.marked_hot" if on else "chat.marked_cool", by.actor, conversation)
    return conversation


@transaction.atomic
def set_disposition(by: AgentAccess, conversation_id: UUID, code: str | None) -> Conversation:
    """Say how it ended, from the Client's list; None takes it back. Raises NotFound. Audited."""
    conversation = mine(by, conversation_id)
    conversation.disposition = disposition_of(by.client, code) if code else None
    conversation.save(update_fields=["disposition"])
    log.tell_state(by.client, conversation)
    log.record("chat.disposition_set", by.actor, conversation)
    return conversation


@transaction.atomic
def set_consumer(by: AgentAccess, conversation_id: UUID, contact: consumers.Contact) -> Conversation:
    """Write down what the visitor said of themselves. Raises NotFound or UnfitContact. Audited."""
    conversation = mine(by, conversation_id)
    consumers.remember(conversation.consumer, contact)
    log.tell_state(by.client, conversation)
    log.record("chat.consumer_corrected", by.actor, conversation)
    return conversation


@transaction.atomic
def note(by: AgentAccess, conversation_id: UUID, text: str) -> Conversation:
    """A note for colleagues, which the visitor never sees. Raises NotFound, NothingSaid or TooLong."""
    conversation = mine(by, conversation_id)
    said = words.plain(text)
    if not said:
        raise words.NothingSaid
    messaging.append(conversation.id, by.seat, Draft(uuid4(), "note", {"text": said, "links": []}, "staff"))
    log.record("chat.noted", by.actor, conversation)
    return conversation


@transaction.atomic
def block(by: AgentAccess, conversation_id: UUID) -> Conversation:
    """Take no more from this visitor, nor for some days from their network. A person's decision, audited."""
    conversation = mine(by, conversation_id)
    conversation.consumer.blocked_at = now()
    conversation.consumer.save(update_fields=["blocked_at"])
    if conversation.state != Conversation.State.CLOSED:
        finish(by.client, conversation, ClosedBy.AGENT, agent=str(by.profile.id))
    log.record("chat.visitor_blocked", by.actor, conversation)
    return conversation


@transaction.atomic
def unblock(by: AgentAccess, conversation_id: UUID) -> Conversation:
    """Take messages from this visitor again. Audited."""
    conversation = mine(by, conversation_id)
    conversation.consumer.blocked_at = None
    conversation.consumer.save(update_fields=["blocked_at"])
    log.record("chat.visitor_unblocked", by.actor, conversation)
    return conversation
