"""Finding the one record of a person or an address, and keeping it one."""

from django.db import transaction

from allonce.kernel.accounts.models import Person
from allonce.kernel.legal.marketing.models import Address, Basis, Change, Contact, Copy, Preference
from allonce.kernel.vault import blind_index, shared_index


def known(email: str) -> Contact | None:
    """The record of whoever has that address, or None. Changes nothing."""
    person = Person.objects.with_email(email)
    if person is not None:
        own = Contact.objects.filter(person=person).first()
        if own is not None:
            return own
    address = _address(email)
    return address.contact if address else None


@transaction.atomic
def of_address(email: str) -> Contact:
    """The record of whoever has that address, made if there is none: a person's own where a person has it."""
    person = Person.objects.with_email(email)
    if person is not None:
        return of_person(person)
    address = _address(email)
    if address is None:
        address = Address.objects.create(contact=Contact.objects.create(), email=email)
    return address.contact


@transaction.atomic
def of_person(person: Person) -> Contact:
    """A person's record, made if there is none. What their address chose before they signed up comes with it."""
    contact, _made = Contact.objects.get_or_create(person=person)
    before = _address(person.email)
    if before is not None:
        _take_over(contact, before.contact)
    return contact


def settled(contact: Contact) -> Contact:
    """The record that speaks for this contact's mailbox now: of the person, if somebody signed up with the address."""
    if contact.person is not None:
        return of_person(contact.person)
    person = Person.objects.with_email(contact.address.email)
    return of_person(person) if person else contact


def email_of(contact: Contact) -> str:
    """Where the contact is written to."""
    email: str = contact.person.email if contact.person else contact.address.email
    return email


def address_hash(email: str) -> str:
    """A keyed hash of the address, the one by which a person is found."""
    index: str = blind_index("accounts.Person.email", email)
    return index


def _address(email: str) -> Address | None:
    index = shared_index("address", email)
    return Address.objects.filter(email_index=index).select_related("contact").first()


def _take_over(own: Contact, before: Contact) -> None:
    """Move what an address chose to the person who turned out to have it. An objection of either stays."""
    sent = Copy.objects.filter(contact=own).values_list("newsletter_id", flat=True)
    Copy.objects.filter(contact=before).exclude(newsletter_id__in=list(sent)).update(contact=own)
    Change.objects.filter(contact=before).update(contact=own)
    for row in Preference.objects.filter(contact=before):
        _merge(own, row)
    before.delete()


def _merge(own: Contact, row: Preference) -> None:
    standing = Preference.objects.filter(contact=own, purpose=row.purpose).first()
    if standing is None:
        row.contact = own
        row.save()
        return
    if row.objected_at and not _agreed_after(standing, row):
        standing.objected_at, standing.basis = row.objected_at, Basis.NONE
    elif standing.basis == Basis.NONE and standing.objected_at is None:
        row.pk, row.contact = standing.pk, own
        standing = row
    standing.save()


def _agreed_after(standing: Preference, objection: Preference) -> bool:
    at, since = objection.objected_at, standing.since
    return standing.consented and at is not None and since is not None and since > at
