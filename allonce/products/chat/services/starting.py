"""A visitor's first words, with somebody there or not."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import messaging
from allonce.kernel.clock import now
from allonce.kernel.errors import Forbidden, NotFound, UserError
from allonce.kernel.messaging import Draft
from allonce.kernel.vault import Scope, keyed_hash
from allonce.products.chat import ports, tokens, words
from allonce.products.chat.doors import Door
from allonce.products.chat.jobs import unanswered
from allonce.products.chat.models import Consumer, Conversation
from allonce.products.chat.queries.presence import is_online
from allonce.products.chat.services import consumers, counting, log, routing
from allonce.products.chat.stream import CHAT, VISITOR

State = Conversation.State
Channel = Conversation.Channel


class NotWanted(Forbidden):
    """Somebody at this Client has blocked the visitor."""

    code = "not_wanted"
    message = gettext_lazy("This business takes no messages from here. You can reach it in other ways.")


class StartedAlready(UserError):
    """This start was carried out, and its answer was received and used."""

    code = "started_already"
    status = 409
    message = gettext_lazy("This conversation has begun already. Go on with it, or start a new one.")


@dataclass(frozen=True)
class Opening:
    """What a visitor begins with. `cid` is their own name for it: the same one never begins two conversations."""

    cid: UUID
    text: str
    page: dict[str, Any] = field(default_factory=dict)
    listing: dict[str, Any] = field(default_factory=dict)
    contact: consumers.Contact = field(default_factory=consumers.Contact)
    known: str = ""


def start(door: Door, opening: Opening, network: str) -> Conversation:
    """Begin a conversation, or find the one that this very opening began. `network` is where the visitor comes from.

    Raises NotWanted, StartedAlready, or what is wrong with the words (TooLong, NothingSaid, WordsRefused) or with
    the contact (UnfitContact).
    """
    made, is_new = _once(door, opening, network, Channel.CHAT)
    if not is_new and made.token_used_at is not None:
        raise StartedAlready
    return made


def leave_message(door: Door, opening: Opening, network: str) -> UUID:
    """Nobody is there: keep the message for an answer by mail. Returns the lead's id; raises as start()."""
    consumers.require_reachable(opening.contact)
    with transaction.atomic():
        made, _is_new = _once(door, opening, network, Channel.OFFLINE)
        return ports.offline_message(made)


def _once(door: Door, opening: Opening, network: str, channel: Channel) -> tuple[Conversation, bool]:
    said = words.plain(opening.text)
    if not said:
        raise words.NothingSaid
    words.refuse_blocked(said, door.client.blocked_words)
    known = _begun(door, opening.cid)
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            return _begin(door, opening, said, network, channel), True
    except IntegrityError:
        # The same opening came twice at once; the other one stands.
        known = _begun(door, opening.cid)
        if known is None:
            raise
        return known, False


def _begun(door: Door, cid: UUID) -> Conversation | None:
    return Conversation.objects.filter(account_id=door.account_id, start_cid=cid).first()


def _begin(door: Door, opening: Opening, said: str, network: str, channel: Channel) -> Conversation:
    index = network_index(door.account_id, network)
    consumer = _consumer(door, opening)
    _refuse_unwanted(door, consumer, index)
    conversation = _row(door, opening, consumer, index, channel)
    conversation.save(force_insert=True)
    messaging.open_stream(CHAT, door.account_id, stream_id=conversation.id)
    links = words.links_in(said, consumers.own_hosts(door.account_id))
    messaging.append(conversation.id, VISITOR, Draft(opening.cid, "text", {"text": said, "links": links}))
    log.tell_state(door.client, conversation)
    if channel == Channel.CHAT:
        routing.ring(door.client, conversation)
        unanswered.after(routing.waits_for(door.client), conversation.id)
    ports.conversation_started(conversation)
    counting.count(door, "started" if channel == Channel.CHAT else "offline_message")
    return conversation


def _row(door: Door, opening: Opening, consumer: Consumer, index: str, channel: Channel) -> Conversation:
    is_chat = channel == Channel.CHAT
    moment = now()
    return Conversation(
        account_id=door.account_id,
        consumer=consumer,
        channel=channel,
        state=State.WAITING if is_chat else State.HAND_OVER,
        department=door.placement.department if door.provider is None else None,
        placement_id=door.placement.id,
        placement_title=door.placement.title,
        provider_id=door.provider.account_id if door.provider else None,
        provider_title=door.provider.shown_name if door.provider else "",
        context={"page": clean_page(opening.page), "listing": clean_listing(opening.listing)},
        language=door.language,
        start_cid=opening.cid,
        network_index=index,
        waiting_since=moment if is_chat else None,
        handed_at=None if is_chat else moment,
    )


def _consumer(door: Door, opening: Opening) -> Consumer:
    """The one that an earlier token of this Merchant's own names, or a new one. Another Client's token is nobody's."""
    known = _known(door, opening.known)
    if known is not None:
        return consumers.remember(known, opening.contact)
    return consumers.make(door.account_id, opening.contact)


def _known(door: Door, token: str) -> Consumer | None:
    try:
        earlier = tokens.conversation_of(token)
    except NotFound:
        return None
    return earlier.consumer if earlier.account_id == door.account_id else None


def _refuse_unwanted(door: Door, consumer: Consumer, index: str) -> None:
    if consumer.blocked_at is not None:
        raise NotWanted
    same = Conversation.objects.filter(account_id=door.account_id, network_index=index)
    if index and same.filter(consumer__blocked_at__gte=now() - consumers.BLOCKED_NETWORK).exists():
        raise NotWanted


def network_index(account_id: UUID, network: str) -> str:
    """A visitor's network as this Client alone can recognise it again."""
    return keyed_hash(Scope("account", account_id), "chat.network", network) if network else ""


def clean_page(given: dict[str, Any]) -> dict[str, str]:
    """What the site said of the page the visitor is on: text in bounds, addresses that are addresses."""
    return {
        "url": words.web_address(given.get("url")),
        "title": words.line(given.get("title")),
        "referrer": words.web_address(given.get("referrer")),
    }


def clean_listing(given: dict[str, Any]) -> dict[str, str]:
    """What the site said of the listing; an empty one if it said nothing."""
    found = {name: words.line(given.get(name)) for name in ("id", "title", "price")}
    found |= {name: words.web_address(given.get(name)) for name in ("url", "image")}
    return found if any(found.values()) else {}


def somebody_is_there(door: Door) -> bool:
    """Whether the button may say so."""
    return is_online(door.client, door.placement.department if door.provider is None else None)
