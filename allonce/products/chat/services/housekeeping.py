"""Removing what nobody needs any more, and whole conversations when somebody with the right to it says so."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from allonce.kernel import messaging
from allonce.kernel.clock import now
from allonce.kernel.messaging.models import Entry
from allonce.products.chat.models import ChatClient, Consumer, Conversation
from allonce.products.chat.services import files

CONSOLE_KEPT = timedelta(days=7)


def trim_consoles() -> int:
    """Forget what stands in consoles' logs for more than a week; returns how many entries went."""
    limit = now() - CONSOLE_KEPT
    streams = ChatClient.objects.exclude(console_stream=None).values_list("console_stream", flat=True)
    gone = 0
    for stream in filter(None, streams):
        last = Entry.objects.filter(stream_id=stream, at__lt=limit).aggregate(last=Max("seq"))["last"]
        gone += messaging.trim_stream(stream, last) if last else 0
    return gone


@transaction.atomic
def remove_conversation(conversation: Conversation) -> None:
    """Delete a conversation with all that was said and sent in it. The caller has the right to, and records it."""
    for row in conversation.files.all():
        files.forget(row)
    messaging.erase_stream(conversation.id)
    conversation.delete()


@transaction.atomic
def remove_consumer(consumer: Consumer) -> None:
    """Delete a Consumer with all conversations. The caller has the right to, and records it."""
    for conversation in consumer.conversations.all():
        remove_conversation(conversation)
    consumer.delete()
