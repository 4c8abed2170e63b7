"""What a visitor does beside talking: give or change a contact, rate, say goodbye, ask not to be contacted."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import messaging
from allonce.kernel.errors import UserError
from allonce.kernel.messaging import Draft
from allonce.products.chat import ports, words
from allonce.products.chat.access import merchant_of
from allonce.products.chat.models import Conversation
from allonce.products.chat.services import consumers, ending, log
from allonce.products.chat.services.finding import locked
from allonce.products.chat.stream import VISITOR


class UnfitRating(UserError):
    """A rating is one to five stars."""

    code = "unfit_rating"
    status = 422


@transaction.atomic
def give_contact(conversation_id: UUID, contact: consumers.Contact) -> Conversation:
    """The visitor says who they are and how to reach them. Raises UnfitContact."""
    conversation = locked(conversation_id)
    consumers.remember(conversation.consumer, contact)
    log.tell_state(merchant_of(conversation.account_id), conversation)
    return conversation


@transaction.atomic
def rate(conversation_id: UUID, stars: int, text: str) -> Conversation:
    """One to five stars and some words; a later rating replaces an earlier one. Raises UnfitRating."""
    if not 1 <= stars <= 5:
        raise UnfitRating(fields={"stars": _("Choose one to five stars.")})
    conversation = locked(conversation_id)
    conversation.stars, conversation.rating_text = stars, words.plain(text, 1000) or None
    conversation.save(update_fields=["stars", "rating_text"])
    messaging.append(conversation.id, VISITOR, Draft(uuid4(), "rating", {"stars": stars}))
    return conversation


@transaction.atomic
def say_goodbye(conversation_id: UUID, email_transcript: str = "") -> Conversation:
    """The visitor ends it, and may have what was said sent to an address. Raises UnfitContact."""
    address = words.line(email_transcript, 255)
    if address:
        _require_email(address)
    conversation = ending.close_by_visitor(conversation_id)
    if address:
        ports.transcript_wanted(conversation, address)
    return conversation


@transaction.atomic
def stop(conversation_id: UUID) -> Conversation:
    """The visitor asks this Client not to contact them any more. Raises NobodyKeepsTheList."""
    conversation = locked(conversation_id)
    ports.stop_contact(conversation.consumer)
    log.say(conversation, "no_contact")
    return conversation


def _require_email(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        message = _("This is no email address. Write it as in ada@example.com.")
        raise consumers.UnfitContact(fields={"email_transcript": message}) from error
