"""What the core of Chat asks of its further parts: leads, reports, the portal. They register in their apps' `ready`.

All are called in the transaction of what they tell, so that either both happen or neither.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from allonce.kernel.errors import UserError
from allonce.products.chat.models import ChatClient, Consumer, Conversation

if TYPE_CHECKING:
    from allonce.kernel.messaging.models import Entry


class ConversationListener(Protocol):
    """Who makes something of conversations, such as a lead."""

    def conversation_started(self, conversation: Conversation) -> None:
        """A visitor has written for the first time; also offline (`channel` says so)."""

    def conversation_ended(self, conversation: Conversation) -> None:
        """It was handed to mail or closed (`state` says which). Told again each time that it ends: make one lead."""

    def offline_message(self, conversation: Conversation) -> UUID | None:
        """A visitor left a message while nobody was there; the conversation holds it. Returns the lead's id.

        Told again where the visitor's browser sends it again: then it is the same lead. `conversation_ended` is told
        of it, too, once it is closed.
        """

    def transcript_wanted(self, conversation: Conversation, email: str) -> None:
        """The visitor ended the conversation and wants what was said at this address."""

    def consumer_changed(self, consumer: Consumer) -> None:
        """Name, email or telephone number were given or corrected."""


class SpeechListener(Protocol):
    """Who carries what agents say to visitors who are not on a page, such as by text message."""

    def agents_spoke(self, entries: "Sequence[Entry]") -> None:
        """Agents said this to visitors. Called by the one thread that writes for everybody: queue a job, no more."""


class ContactRules(Protocol):
    """Who knows which Consumers do not want to hear from a Client."""

    def may_contact(self, account_id: UUID, consumer: Consumer) -> bool:
        """Whether the Client may write to this Consumer by mail, text or call."""

    def stop_contact(self, consumer: Consumer) -> None:
        """The Consumer asked the Client not to contact them any more."""


class Translator(Protocol):
    """A connected translation service."""

    def translate(self, account_id: UUID, text: str, to: str) -> str:
        """`text` in the language `to` (a BCP 47 code). Raises UserError where it cannot."""


class LogoShelf(Protocol):
    """Who keeps Clients' logos."""

    def logo_path(self, client: ChatClient) -> str:
        """Where the Client's logo can be fetched by anybody, from this server's root; "" without one."""


class NobodyKeepsTheList(UserError):
    """No part of this installation keeps the list of those who must not be contacted."""

    code = "no_contact_rules"
    status = 503


_listeners: list[ConversationListener] = []
_speech: list[SpeechListener] = []
_rules: list[ContactRules] = []
_translators: list[Translator] = []
_shelves: list[LogoShelf] = []


def register_listener(listener: ConversationListener) -> None:
    """Hear of conversations."""
    if listener not in _listeners:
        _listeners.append(listener)


def register_speech_listener(listener: SpeechListener) -> None:
    """Hear what agents say to visitors."""
    if listener not in _speech:
        _speech.append(listener)


def register_contact_rules(rules: ContactRules) -> None:
    """Be asked before a Client writes to a Consumer outside the chat."""
    _rules[:] = [rules]


def register_translator(translator: Translator) -> None:
    """Translate what agents read and write."""
    _translators[:] = [translator]


def register_logos(shelf: LogoShelf) -> None:
    """Show Clients' logos in their chats."""
    _shelves[:] = [shelf]


def conversation_started(conversation: Conversation) -> None:
    """Tell everybody who listens."""
    for listener in _listeners:
        listener.conversation_started(conversation)


def conversation_ended(conversation: Conversation) -> None:
    """Tell everybody who listens."""
    for listener in _listeners:
        listener.conversation_ended(conversation)


def offline_message(conversation: Conversation) -> UUID:
    """Tell everybody who listens; returns the lead's id, or the conversation's where nobody makes leads."""
    made = [listener.offline_message(conversation) for listener in _listeners]
    return next((lead for lead in made if lead is not None), conversation.id)


def transcript_wanted(conversation: Conversation, email: str) -> None:
    """Tell everybody who listens."""
    for listener in _listeners:
        listener.transcript_wanted(conversation, email)


def consumer_changed(consumer: Consumer) -> None:
    """Tell everybody who listens."""
    for listener in _listeners:
        listener.consumer_changed(consumer)


def agents_spoke(entries: "Sequence[Entry]") -> None:
    """Tell everybody who listens."""
    for listener in _speech:
        listener.agents_spoke(entries)


def may_contact(account_id: UUID, consumer: Consumer) -> bool:
    """Whether the Client may write to this Consumer outside the chat; never to one it blocked."""
    if consumer.blocked_at is not None:
        return False
    return all(rules.may_contact(account_id, consumer) for rules in _rules)


def stop_contact(consumer: Consumer) -> None:
    """Let whoever keeps the list write it down. Raises NobodyKeepsTheList rather than promise in vain."""
    if not _rules:
        raise NobodyKeepsTheList
    for rules in _rules:
        rules.stop_contact(consumer)


def translator() -> Translator | None:
    """The connected translation service, if there is one."""
    return _translators[0] if _translators else None


def logo_path(client: ChatClient) -> str:
    """Where the Client's logo lies on this server, "" without one."""
    return next((shelf.logo_path(client) for shelf in _shelves), "")
