"""Consumers of one Client: made, remembered, corrected and blocked."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.products.chat import ports, words
from allonce.products.chat.models import Consumer, Placement

# How long nobody may begin anew from the network of a visitor whom a person at the Client has blocked.
BLOCKED_NETWORK = timedelta(days=7)
REGION = "GB"


class UnfitContact(UserError):
    """A name, an address or a number cannot be one; `fields` says which."""

    code = "unfit_contact"
    status = 422


@dataclass(frozen=True)
class Contact:
    """What somebody gives of themselves. None means: not given; "" takes away what was there."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


def make(account_id: UUID, contact: Contact) -> Consumer:
    """A new Consumer of this account. Raises UnfitContact."""
    consumer = Consumer(account_id=account_id)
    known = _put(consumer, contact)
    consumer.save(force_insert=True)
    if known:
        ports.consumer_changed(consumer)
    return consumer


def remember(consumer: Consumer, contact: Contact) -> Consumer:
    """Somebody who was here before, with what they give anew. Raises UnfitContact."""
    changed = _put(consumer, contact)
    consumer.last_at = now()
    consumer.save()
    if changed:
        ports.consumer_changed(consumer)
    return consumer


def require_reachable(contact: Contact) -> None:
    """An answer later needs an address to go to. Raises UnfitContact."""
    if not (contact.email or "").strip():
        raise UnfitContact(fields={"email": _("Give an email address, so that an answer can reach you.")})


def own_hosts(account_id: UUID) -> set[str]:
    """The hosts of the Client's own sites, and ours: links there are not marked as leading away."""
    sites = Placement.objects.filter(account_id=account_id, hidden_at=None).values_list("sites", flat=True)
    hosts = {words.host_of(each) for own in sites for each in own}
    return (hosts | {urlsplit(settings.PUBLIC_URL).hostname or ""}) - {""}


def _put(consumer: Consumer, contact: Contact) -> bool:
    found = {"name": _name(contact.name), "email": _email(contact.email), "phone": _phone(contact.phone)}
    changed = False
    for field, value in found.items():
        if value is not None and (value or None) != getattr(consumer, field):
            setattr(consumer, field, value or None)
            changed = True
    return changed


def _name(given: str | None) -> str | None:
    return None if given is None else words.line(given, 120)


def _email(given: str | None) -> str | None:
    if given is None or not given.strip():
        return given if given is None else ""
    found = words.line(given, 255)
    try:
        validate_email(found)
    except ValidationError as error:
        raise UnfitContact(fields={"email": _("This is no email address. Write it as in ada@example.com.")}) from error
    return found


def _phone(given: str | None) -> str | None:
    if given is None or not given.strip():
        return given if given is None else ""
    try:
        number = phonenumbers.parse(words.line(given, 40), REGION)
    except phonenumbers.NumberParseException as error:
        raise _unfit_phone() from error
    if not phonenumbers.is_possible_number(number):
        raise _unfit_phone()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _unfit_phone() -> UnfitContact:
    return UnfitContact(fields={"phone": _("This is no telephone number. Write it with its area code.")})
