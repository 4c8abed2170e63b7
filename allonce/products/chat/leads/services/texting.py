"""Text messages both ways: each number that texts a Client is a conversation, and what agents say there is texted.

Nothing is texted without the row by which its reader agreed (TextConsent), nor to anybody on the list of those who
must not be contacted. What cannot be sent is said in the conversation, to the agents.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, messaging
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.messaging import Draft
from allonce.kernel.messaging.models import Entry
from allonce.kernel.post import sms
from allonce.kernel.post.sms.ports import InboundSms
from allonce.products.chat import ports, words
from allonce.products.chat.doors import Door
from allonce.products.chat.jobs import unanswered
from allonce.products.chat.leads.matching import WINDOW, matching
from allonce.products.chat.leads.models import Lead, TextConsent, TextContext
from allonce.products.chat.leads.services.contacting import (
    NoWay,
    contacted,
    require_contact,
    start_number,
    stop_number,
)
from allonce.products.chat.leads.services.making import own
from allonce.products.chat.models import AgentProfile, ChatClient, Consumer, Conversation
from allonce.products.chat.services import log, routing
from allonce.products.chat.services.starting import clean_listing, clean_page
from allonce.products.chat.stream import CHAT, VISITOR

KEY = "chat:"
OFFICE = "office"
# A number that texts again within this time goes on where it was.
THREAD_GOES_ON = timedelta(days=14)
State = Conversation.State
NOT_SENT = frozenset({"undelivered", "refused", "stopped", "failed"})


class NoConsent(UserError):
    """Nobody has noted that this Consumer agreed to be texted."""

    code = "no_consent"
    status = 409
    message = gettext_lazy("Text only people who agreed to it. Note their consent first, once they gave it.")


class NoTextNumber(UserError):
    """The Client has no number of its own to which visitors could text."""

    code = "no_text_number"
    status = 404
    message = gettext_lazy("This business takes no text messages here.")


class Speech:
    """Texts what agents say in conversations that are carried by text message."""

    def agents_spoke(self, entries: Sequence[Entry]) -> None:
        """Queue a text for each entry of such a conversation."""
        from allonce.products.chat.leads.jobs import text_out

        streams = {each.stream_id for each in entries}
        texted = Conversation.objects.filter(pk__in=streams, channel=Conversation.Channel.TEXT)
        by_text = set(texted.values_list("pk", flat=True))
        for entry in entries:
            if entry.stream_id in by_text:
                text_out.later(entry.id)


def looked(door: Door, page: dict[str, Any], listing: dict[str, Any]) -> str:
    """A visitor presses "text us": remember the page for minutes; returns the number to text. Raises NoTextNumber."""
    number = sms.number_of(door.account_id) if sms.sms_offered() else ""
    if not number:
        raise NoTextNumber
    TextContext.objects.create(
        account_id=door.account_id,
        placement_id=door.placement.id,
        placement_title=door.placement.title,
        provider_id=door.provider.account_id if door.provider else None,
        provider_title=door.provider.shown_name if door.provider else "",
        context={"page": clean_page(page), "listing": clean_listing(listing)},
    )
    return number


def came_in(message: InboundSms) -> None:
    """A text message came. STOP and START are obeyed for every Client it may be meant for; words go to one or none.

    Called in a transaction of its own, perhaps more than once for the same message.
    """
    for account_id in message.account_ids:
        if message.word == "stop":
            stop_number(account_id, message.sender)
        elif message.word == "start":
            start_number(account_id, message.sender)
    if message.word or len(message.account_ids) != 1:
        return
    client = ChatClient.objects.filter(account_id=message.account_ids[0], kind="merchant", hidden_at=None).first()
    if client is not None:
        _said(client, message)


def text_out(entry_id: UUID) -> None:
    """Send one entry of a conversation as a text message, or say in it why not. Safe to repeat."""
    entry = Entry.objects.filter(pk=entry_id).first()
    rows = Conversation.objects.select_related("consumer")
    conversation = rows.filter(pk=entry.stream_id).first() if entry else None
    if entry is None or conversation is None or entry.body is None:
        return
    try:
        require_contact(conversation.consumer)
        consent = consent_of(conversation.consumer)
        said = str(entry.body.get("text") or "")
        sms.send_sms(
            entry.account_id,
            consent.number,
            said,
            key=f"{KEY}{entry.id}",
            consent=f"chat_leads.TextConsent:{consent.id}",
        )
    except UserError as error:
        log.say(conversation, "not_texted", audience="staff", why=error.code, seq=entry.seq)


def stands(account_id: UUID, key: str, state: str, reason: str) -> None:
    """The gateway told where a text of ours stands: what did not arrive is said to the agents."""
    if not key.startswith(KEY) or state not in NOT_SENT:
        return
    entry = Entry.objects.filter(pk=key.removeprefix(KEY), account_id=account_id).first()
    conversation = Conversation.objects.filter(pk=entry.stream_id).first() if entry else None
    if entry is not None and conversation is not None:
        log.say(conversation, "not_texted", audience="staff", why=reason or state, seq=entry.seq)


def consent_of(consumer: Consumer) -> TextConsent:
    """The standing consent of this Consumer for the number they have now. Raises NoConsent."""
    standing = consumer.text_consents.filter(withdrawn_at=None).order_by("-given_at")
    found = next((each for each in standing if each.number == consumer.phone), None)
    if found is None:
        raise NoConsent
    return found


@transaction.atomic
def note_consent(access: AccountAccess, lead_id: UUID) -> None:
    """The Consumer told somebody of the Client that they may be texted. Raises NotFound, NoWay. Audited."""
    lead = own(access, lead_id)
    if not lead.consumer.phone:
        raise NoWay
    require_contact(lead.consumer)
    _agree(lead.consumer, TextConsent.How.AGENT)
    target = f"chat_leads.Lead:{lead.pk}"
    audit.record("chat.text_consent_noted", actor=access.actor, account_id=lead.account_id, target=target, data={})


@transaction.atomic
def text(access: AccountAccess, lead_id: UUID, said: str) -> Conversation:
    """Text the lead's Consumer; answers come into the same conversation. Audited.

    Raises NotFound, NoWay, NotToBeContacted, NoConsent, SmsNotOffered, NothingSaid or TooLong.
    """
    from allonce.products.chat.leads.jobs import text_out as later

    lead = own(access, lead_id)
    plain = words.plain(said)
    if not plain:
        raise words.NothingSaid
    if not lead.consumer.phone:
        raise NoWay
    require_contact(lead.consumer)
    consent_of(lead.consumer)
    if not sms.sms_offered():
        raise sms.SmsNotOffered
    thread = _thread(lead.consumer) or _opened(lead)
    agent = AgentProfile.objects.at_work().filter(account_id=lead.account_id, person=access.person).first()
    seat = agent.seat if agent else OFFICE
    entry = messaging.append(thread.id, seat, Draft(uuid4(), "text", {"text": plain, "links": []}))
    if not agent:
        later.later(entry.id)
    contacted(lead)
    target = f"chat_leads.Lead:{lead.pk}"
    audit.record("chat.lead_texted", actor=access.actor, account_id=lead.account_id, target=target, data={})
    return thread


def _agree(consumer: Consumer, how: str) -> None:
    standing = consumer.text_consents.filter(withdrawn_at=None)
    if not any(each.number == consumer.phone for each in standing):
        made = TextConsent(account_id=consumer.account_id, consumer=consumer, number=consumer.phone, how=how)
        made.save(force_insert=True)


def _said(client: ChatClient, message: InboundSms) -> None:
    consumer = _texter(client, message.sender)
    if consumer.blocked_at is not None:
        return
    _agree(consumer, TextConsent.How.TEXTED)
    if Conversation.objects.filter(account_id=client.account_id, start_cid=message.id).exists():
        return
    conversation = _thread(consumer)
    body = {"text": words.plain(message.text) or "…", "links": []}
    if conversation is None:
        conversation = _begun(client, consumer, message)
        messaging.append(conversation.id, VISITOR, Draft(message.id, "text", body))
        ports.conversation_started(conversation)
        _rings(client, conversation)
        return
    messaging.append(conversation.id, VISITOR, Draft(message.id, "text", body))
    if conversation.state == State.HAND_OVER:
        waits = {"state": State.WAITING, "waiting_since": now()}
        Conversation.objects.filter(pk=conversation.pk).update(**waits)
        conversation.refresh_from_db()
        _rings(client, conversation)


def _rings(client: ChatClient, conversation: Conversation) -> None:
    log.tell_state(client, conversation)
    routing.ring(client, conversation)
    unanswered.after(routing.waits_for(client), conversation.id)


def _texter(client: ChatClient, number: str) -> Consumer:
    """Whom this Client knows by the number, the latest of several, or somebody new."""
    index = Consumer._meta.get_field("phone_index").index(client.account_id, number)
    known = Consumer.objects.filter(account_id=client.account_id, phone_index=index).order_by("-last_at").first()
    if known is not None:
        return known
    made = Consumer(account_id=client.account_id, phone=number)
    made.save(force_insert=True)
    return made


def _thread(consumer: Consumer) -> Conversation | None:
    """The conversation by text message that still goes on with this Consumer."""
    mine = Conversation.objects.filter(account_id=consumer.account_id, consumer=consumer, channel="text")
    going = mine.exclude(state=State.CLOSED).filter(last_at__gte=now() - THREAD_GOES_ON)
    return going.select_related("consumer").order_by("-last_at").first()


def _begun(client: ChatClient, consumer: Consumer, message: InboundSms) -> Conversation:
    """A conversation that a text began, about the page it came from if that is beyond doubt."""
    near = TextContext.objects.filter(account_id=client.account_id, used_at=None, at__gte=message.at - WINDOW)
    found = matching(near.select_for_update(), message.at)
    made = Conversation(account_id=client.account_id, consumer=consumer, channel="text", start_cid=message.id)
    made.context, made.waiting_since, made.language = {}, now(), client.language
    if found is not None:
        made.context, made.placement_id, made.placement_title = found.context, found.placement_id, found.placement_title
        made.provider_id, made.provider_title = found.provider_id, found.provider_title
        TextContext.objects.filter(pk=found.pk).update(used_at=now())
    return _stored(made)


def _opened(lead: Lead) -> Conversation:
    """A conversation that the Client begins by text, about what the lead is about; it rings for nobody yet."""
    before = lead.conversation
    made = Conversation(account_id=lead.account_id, consumer=lead.consumer, channel="text", start_cid=uuid4())
    made.context, made.placement_id, made.placement_title = before.context, before.placement_id, before.placement_title
    made.provider_id, made.provider_title, made.language = before.provider_id, before.provider_title, before.language
    made.state, made.handed_at = State.HAND_OVER, now()
    return _stored(made)


def _stored(made: Conversation) -> Conversation:
    made.save(force_insert=True)
    messaging.open_stream(CHAT, made.account_id, stream_id=made.id)
    return made
