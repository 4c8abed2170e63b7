"""What a person agreed to: `given(person, "marketing.newsletter")`."""

from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.legal.marketing.models import Channel, Preference
from allonce.kernel.legal.marketing.services import contacts, preferences
from allonce.kernel.legal.marketing.services.preferences import Said


def given(person: Person, purpose: str) -> bool:
    """Whether the person's consent to this purpose stands now."""
    row = record_of(person, purpose)
    return row is not None and row.consented


def record_of(person: Person, purpose: str) -> Preference | None:
    """The one record of this person and purpose, or None if they were never asked."""
    return Preference.objects.filter(contact__person=person, purpose=purpose).first()


def give(person: Person, purpose: str, *, actor: Actor, wording: int | None = None) -> None:
    """The person agreed, in a form. `wording` is the version of the sentence that was shown. Audited."""
    preferences.give(contacts.of_person(person), purpose, Said(Channel.FORM, actor), wording)


def withdraw(person: Person, purpose: str, *, actor: Actor) -> None:
    """The person withdrew, or objected, in a form; nothing done before becomes unlawful by it. Audited."""
    preferences.stop(contacts.of_person(person), purpose, Said(Channel.FORM, actor))
