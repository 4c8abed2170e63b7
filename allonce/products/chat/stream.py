"""Chat's two kinds of streams: a conversation's own, and the log that the consoles of one account follow."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from allonce.kernel.accounts import tenancy
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging import Credential, Draft, Seat
from allonce.kernel.messaging.models import Entry
from allonce.products.chat import tokens
from allonce.products.chat.access import agent_in
from allonce.products.chat.models import ChatClient, Conversation

CHAT = "chat"
CONSOLE = "chat_console"
VISITOR = "visitor"


class ConversationKind:
    """One visitor, and the agents of the Merchant."""

    name = CHAT

    def seat(self, who: Credential, stream_id: UUID) -> Seat:
        """The visitor by the conversation's own token, an agent by their sign-in. NotFound for everybody else."""
        if who.token is not None:
            conversation = tokens.conversation_of(who.token)
            if conversation.id != stream_id:
                raise NotFound
            _note_use(conversation)
            return Seat(stream_id, VISITOR, staff=False)
        with tenancy.across_accounts():
            account = Conversation.objects.filter(pk=stream_id).values_list("account_id", flat=True).first()
        if who.session is None or account is None:
            raise NotFound
        return Seat(stream_id, agent_in(who.session, account).seat, staff=True)

    def prepare(self, seat: Seat, draft: Draft) -> Draft:
        """Plain words, known pictures, and only from whoever may speak now."""
        from allonce.products.chat.services.speaking import prepared

        return prepared(seat, draft)

    def committing(self, entries: Sequence[Entry]) -> None:
        """Note who spoke last, and wake what was closed."""
        from allonce.products.chat.services.following import follow

        follow(entries)

    def presence_changed(self, stream_id: UUID, seat: str, online: bool) -> None:
        """The visitor came or went."""
        from allonce.products.chat.services.following import visitor_came, visitor_went

        if seat == VISITOR:
            (visitor_came if online else visitor_went)(stream_id)


class ConsoleKind:
    """What happens in an account, for its consoles. The house alone writes there."""

    name = CONSOLE

    def seat(self, who: Credential, stream_id: UUID) -> Seat:
        """An agent of the account; NotFound for everybody else."""
        with tenancy.across_accounts():
            client = ChatClient.objects.filter(console_stream=stream_id).first()
        if who.session is None or client is None:
            raise NotFound
        return Seat(stream_id, agent_in(who.session, client.account_id).seat, staff=True)

    def prepare(self, seat: Seat, draft: Draft) -> Draft:  # noqa: ARG002 (the port's signature)
        """Nobody sends here."""
        raise NotFound

    def committing(self, entries: Sequence[Entry]) -> None:
        """Nothing goes with them."""

    def presence_changed(self, stream_id: UUID, seat: str, online: bool) -> None:  # noqa: ARG002 (the port's signature)
        """A console was opened or closed."""
        from allonce.products.chat.services.presence import console_changed

        console_changed(seat, online)


def _note_use(conversation: Conversation) -> None:
    """From the first use of its token on, a repeated start gets no second copy of it."""
    from allonce.kernel.clock import now

    if conversation.token_used_at is None:
        with tenancy.across_accounts():
            Conversation.objects.filter(pk=conversation.pk, token_used_at=None).update(token_used_at=now())


def body_text(body: dict[str, Any]) -> str:
    """The words of an entry, for previews."""
    return str(body.get("text", ""))
