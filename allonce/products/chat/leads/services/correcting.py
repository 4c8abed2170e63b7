"""Correcting and amending what is held of a Consumer, at the wish of the Consumer or the Client."""

from uuid import UUID

from django.db import transaction

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.chat.leads.services.contacting import own_consumer, record
from allonce.products.chat.models import Consumer
from allonce.products.chat.services.consumers import Contact, remember


@transaction.atomic
def correct(access: AccountAccess, consumer_id: UUID, contact: Contact) -> Consumer:
    """Put name, address and number right; an empty one takes away what was there. Raises NotFound, UnfitContact."""
    consumer = own_consumer(access, consumer_id)
    last_at = consumer.last_at
    remember(consumer, contact)
    # A correction is no visit: what is kept still goes when its period is over.
    Consumer.objects.filter(pk=consumer.pk).update(last_at=last_at)
    record("chat.consumer_corrected", access.actor, consumer)
    return consumer
