"""Links that end marketing mail: signed, for one purpose and one mailbox, good for ever."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services.tokens import LinkNotValid
from allonce.kernel.legal.marketing.models import Contact
from allonce.kernel.legal.marketing.services import contacts

SALT = "marketing.unsubscribe"


def token_for(contact: Contact, purpose_code: str) -> str:
    """A token that only this installation can have made; it names nobody to whoever reads it."""
    return signing.dumps([purpose_code, contact.id.hex, contacts.address_hash(contacts.email_of(contact))], salt=SALT)


def link_for(contact: Contact, purpose_code: str) -> str:
    """The address at which one click ends this kind of mail."""
    return settings.PUBLIC_URL + reverse("marketing:unsubscribe", args=[token_for(contact, purpose_code)])


def read(token: str) -> tuple[Contact | None, str]:
    """The contact and purpose behind a link; no contact where nothing is held of that mailbox any more.

    Forged, altered and garbled tokens are one LinkNotValid. A link stays good: somebody may find an old mail.
    """
    try:
        purpose_code, contact_id, address_hash = signing.loads(token, salt=SALT)
        contact = Contact.objects.filter(pk=UUID(contact_id)).first()
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkNotValid from error
    return contact or _now_a_person(address_hash), purpose_code


def _now_a_person(address_hash: str) -> Contact | None:
    """The address signed up since the mail was sent, so that its record became the person's."""
    person = Person.objects.filter(email_index=address_hash).first()
    return contacts.of_person(person) if person else None
