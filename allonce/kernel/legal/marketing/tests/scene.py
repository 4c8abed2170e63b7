"""Scenes of this room: people on and off the list, newsletters on their way, mails as they left the house."""

import re
from uuid import UUID

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from allonce.kernel import jobs
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import today
from allonce.kernel.legal.marketing.models import Channel, Contact, Newsletter
from allonce.kernel.legal.marketing.services import contacts, preferences
from allonce.kernel.legal.marketing.services.preferences import Origin, Said

LIST = "marketing.newsletter"
SUBJECT = "News of the autumn"
# What a browser says of a form that was sent from our own page.
FROM_HERE = {"Origin": "http://testserver"}


def stranger() -> Client:
    """A browser that nobody signed in, on our own pages."""
    return Client(headers=FROM_HERE)


def said(channel: str = Channel.FORM) -> Said:
    return Said(channel, SYSTEM)


def agree(who: Person | str) -> Contact:
    contact = contact_of(who)
    preferences.give(contact, LIST, said())
    return contact


def enquire(who: Person | str, *, offered: bool = True) -> Contact:
    contact = contact_of(who)
    preferences.note_soft_opt_in(contact, LIST, said(Channel.SYSTEM), Origin("enquiry", today(), offered))
    return contact


def contact_of(who: Person | str) -> Contact:
    return contacts.of_address(who) if isinstance(who, str) else contacts.of_person(who)


def draft(sam: Inhabitant, subject: str = SUBJECT) -> UUID:
    given = {"purpose": LIST, "subject": subject, "body": "Dear reader,\n\n**good** news: <b>none</b>."}
    location = sam.client.post("/operator/newsletters/new/", given)["Location"]
    return UUID(location.strip("/").rpartition("/")[2])


def send(sam: Inhabitant, subject: str = SUBJECT) -> Newsletter:
    """Write a newsletter, start it, and let the jobs run to their end."""
    newsletter_id = draft(sam, subject)
    assert sam.client.post(f"/operator/newsletters/{newsletter_id}/start/").status_code == 302
    jobs.run_due()
    return Newsletter.objects.get(pk=newsletter_id)


def sent(subject: str = SUBJECT) -> list[EmailMultiAlternatives]:
    """Mails of that subject as the relay took them."""
    return [each for each in mail.outbox if each.subject == subject and isinstance(each, EmailMultiAlternatives)]


def recipients(subject: str = SUBJECT) -> list[str]:
    return sorted(each.to[0] for each in sent(subject))


def link_in(letter: EmailMultiAlternatives) -> str:
    """The path of the link that ends it."""
    found = re.search(r"http://localhost:8800(/unsubscribe/\S+/)", str(letter.body))
    assert found is not None
    return found[1]
