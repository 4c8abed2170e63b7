"""Sending a newsletter: contact by contact, each asked about at the moment of sending."""

from uuid import UUID

from django.db import transaction

from allonce.kernel import post
from allonce.kernel.clock import now
from allonce.kernel.legal.marketing import letters, queries
from allonce.kernel.legal.marketing.models import Contact, Copy, Newsletter
from allonce.kernel.legal.marketing.services import contacts

# Small, since a batch holds SQLite's one write lock while it writes its letters.
BATCH = 20


@transaction.atomic
def send_batch(newsletter_id: UUID, after: UUID) -> UUID | None:
    """Write the letters of the next contacts; returns the last of them, or None when all had their turn.

    Everything commits together with the job that calls it, so a killed batch is done again from its beginning.
    """
    newsletter = Newsletter.objects.select_for_update().filter(pk=newsletter_id).first()
    if newsletter is None or newsletter.state != Newsletter.State.SENDING:
        return None
    rows = queries.audience(newsletter.purpose).filter(contact_id__gt=after)
    turn = list(rows.values_list("contact_id", flat=True)[:BATCH])
    for contact_id in turn:
        send_one(newsletter, contact_id)
    if len(turn) == BATCH:
        return turn[-1]
    newsletter.state, newsletter.finished_at = Newsletter.State.SENT, now()
    newsletter.save()
    return None


@transaction.atomic
def send_one(newsletter: Newsletter, contact_id: UUID) -> bool:
    """Write one contact's letter, if it may be sent now and was not before."""
    # Whoever objects takes the same lock: before this, and nothing is sent; after it, and the letter is taken back.
    first = _locked(contact_id)
    contact = _locked(contacts.settled(first).pk) if first else None
    if contact is None:
        return False
    row = queries.audience(newsletter.purpose).filter(contact=contact).first()
    if row is None or not queries.may_send(contact, newsletter.purpose):
        return False
    if Copy.objects.filter(newsletter=newsletter, contact=contact).exists():
        return False
    letter_id = post.send(letters.newsletter_mail(newsletter, contact, letters.reason(row)))
    Copy.objects.create(newsletter=newsletter, contact=contact, letter_id=letter_id)
    return True


def _locked(contact_id: UUID) -> Contact | None:
    found = Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id)
    return found.select_related("person", "address").first()
