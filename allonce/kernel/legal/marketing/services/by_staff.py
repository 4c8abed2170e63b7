"""What staff note for somebody who telephoned, wrote, or mailed: the same record, the same effect."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel import audit, post
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Person
from allonce.kernel.legal.marketing.models import Change, Contact
from allonce.kernel.legal.marketing.services import contacts, preferences
from allonce.kernel.legal.marketing.services.preferences import Origin, Said
from allonce.kernel.legal.marketing.wording import NOTED
from allonce.kernel.notices import notify


@transaction.atomic
def look_up(staff: StaffAccess, email: str, *, make: bool) -> Contact | None:
    """The record of an address; with `make` one is begun where there is none. Audited, found or not."""
    contact = contacts.of_address(email) if make else contacts.known(email)
    target = f"marketing.Contact:{contact.id}" if contact else ""
    audit.record("marketing.looked_up", actor=staff.actor, target=target, data={"found": contact is not None})
    return contact


@transaction.atomic
def stop(contact: Contact, purpose_code: str, said: Said) -> bool:
    """Note that they want no more of it; see `preferences.stop`. Who has a sign-in is told that it was noted."""
    return _told(contact, preferences.stop(contact, purpose_code, said))


@transaction.atomic
def allow(contact: Contact, given: Mapping[str, Any], said: Said) -> bool:
    """Note the ground on which they may be written to: ground, purpose, source, on, offered.

    False if nothing changed; else who has a sign-in is told. Raises ObjectedSince, ObjectionNotOffered, NoAssessment.
    """
    purpose_code = given["purpose"]
    if given["ground"] == Change.Act.GIVEN:
        preferences.give(contact, purpose_code, said)
        return _told(contact, changed=True)
    if given["ground"] == Change.Act.INTEREST:
        return _told(contact, preferences.rely_on_interest(contact, purpose_code, said))
    origin = Origin(given["source"], given["on"], given["offered"])
    return _told(contact, preferences.note_soft_opt_in(contact, purpose_code, said, origin))


def tell_noted(person: Person) -> None:
    """Tell somebody that a choice was noted for them, so that a mistake does not stand unseen."""
    words = post.Words(
        subject=_("A choice about marketing was noted for you"),
        paragraphs=[
            _("Your page of choices shows what, when, and how it reached us. If it is wrong, change it there.")
        ],
        action=post.Action(_("See it"), settings.PUBLIC_URL + reverse("marketing:consents")),
    )
    notify(person, NOTED.code, words)


def _told(contact: Contact, changed: bool) -> bool:
    if changed and contact.person:
        tell_noted(contact.person)
    return changed
