"""What may be said in a conversation, and by whom at the moment."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import tenancy
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.messaging import Draft, Seat
from allonce.products.chat import words
from allonce.products.chat.access import merchant_of
from allonce.products.chat.models import ChatFile, Conversation
from allonce.products.chat.services.consumers import own_hosts
from allonce.products.chat.services.starting import NotWanted

State = Conversation.State
ALL = "all"
STAFF = "staff"
AUDIENCES = {"text": ALL, "picture": ALL, "whisper": STAFF, "note": STAFF}


class NotSaid(UserError):
    """Nothing of this kind can be sent here."""

    code = "not_sent"
    status = 422
    message = gettext_lazy("This cannot be sent in a conversation. Reload the page and try again.")


class NotYourConversation(UserError):
    """Only the agent who accepted it speaks to the visitor; colleagues whisper."""

    code = "not_yours"
    status = 409
    message = gettext_lazy("Accept the conversation first, or whisper to the colleague who has it.")


def prepared(seat: Seat, draft: Draft) -> Draft:
    """The draft as it may stand in the log. Raises UserError. Writes nothing."""
    audience = AUDIENCES.get(draft.kind)
    if audience is None or (audience == STAFF and not seat.staff):
        raise NotSaid
    with tenancy.across_accounts():
        conversation = Conversation.objects.select_related("consumer").filter(pk=seat.stream_id).first()
        if conversation is None:
            raise NotFound
        _require_turn(seat, conversation, audience)
        body = _picture(seat, draft.body) if draft.kind == "picture" else _text(seat, conversation, draft.body)
    return replace(draft, body=body, audience=audience)


def _require_turn(seat: Seat, conversation: Conversation, audience: str) -> None:
    if not seat.staff:
        if conversation.consumer.blocked_at is not None:
            raise NotWanted
    elif audience == ALL:
        mine = f"agent:{conversation.agent_id}" == seat.name
        if conversation.state != State.ACTIVE or not mine:
            raise NotYourConversation


def _text(seat: Seat, conversation: Conversation, body: dict[str, Any]) -> dict[str, Any]:
    said = words.plain(body.get("text"))
    if not said:
        raise words.NothingSaid
    if not seat.staff:
        words.refuse_blocked(said, merchant_of(conversation.account_id).blocked_words)
    has_links = "://" in said
    return {"text": said, "links": words.links_in(said, own_hosts(conversation.account_id)) if has_links else []}


def _picture(seat: Seat, body: dict[str, Any]) -> dict[str, Any]:
    """Only a picture that this seat has uploaded into this very conversation, with what we know of it ourselves."""
    wanted = _uuid(body.get("file"))
    own = ChatFile.objects.filter(conversation_id=seat.stream_id, sender=seat.name)
    found = own.filter(pk=wanted).first() if wanted else None
    if found is None:
        raise NotSaid
    return {
        "file": str(found.id),
        "name": found.name,
        "width": found.width,
        "height": found.height,
        "alt": words.line(body.get("alt"), 300),
    }


def _uuid(given: Any) -> UUID | None:
    try:
        return UUID(str(given))
    except ValueError:
        return None
