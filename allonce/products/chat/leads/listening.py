"""What leads make of what the core tells (chat/ports.py), always in the transaction of what is told."""

from uuid import UUID

from allonce.products.chat.leads import hooks
from allonce.products.chat.leads.models import Lead
from allonce.products.chat.leads.services import contacting, delivering, making
from allonce.products.chat.models import ChatClient, Consumer, Conversation
from allonce.products.chat.services import log

TALKED = (Conversation.Channel.CHAT, Conversation.Channel.TEXT)


class Listener:
    """Makes one lead of each conversation and sends it on its ways."""

    def conversation_started(self, conversation: Conversation) -> None:
        """Nothing yet: the lead is made when it is known what came of it."""

    def conversation_ended(self, conversation: Conversation) -> None:
        """Make the lead, or find it; what was said since goes to those who want transcripts."""
        if conversation.consumer.blocked_at is not None:
            return
        lead = _made(conversation)
        if conversation.channel in TALKED:
            delivering.deliver_transcript(lead)

    def offline_message(self, conversation: Conversation) -> UUID | None:
        """Make the lead at once: nobody was there."""
        return _made(conversation).id

    def transcript_wanted(self, conversation: Conversation, email: str) -> None:
        """Send the visitor what was said, unless this Client must not write to them."""
        allowed = contacting.ContactList().may_contact(conversation.account_id, conversation.consumer)
        if allowed and contacting.may_write_to(conversation.account_id, email):
            delivering.deliver_to_visitor(_made(conversation), email)

    def consumer_changed(self, consumer: Consumer) -> None:
        """Whoever asked for no contact is not reached at a new address, nor as somebody new."""
        contacting.adopt(consumer)


def _made(conversation: Conversation) -> Lead:
    is_new = not Lead.objects.filter(conversation=conversation).exists()
    lead = making.lead_for(conversation)
    delivering.deliver(lead)
    if is_new:
        client = ChatClient.objects.get(account_id=conversation.account_id)
        log.tell_console(client, "lead", lead=str(lead.id), conv=str(conversation.id))
        hooks.lead_made(lead)
    return lead
