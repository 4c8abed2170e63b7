"""The demo's people have agreed to the shipped texts, so that its doors lead straight in."""

from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import demo_doors
from allonce.kernel.legal import queries
from allonce.kernel.legal.documents import Document, to_agree
from allonce.kernel.legal.models import Version
from allonce.kernel.legal.queries import Asked
from allonce.kernel.legal.services.accepting import accept_as_demo
from allonce.kernel.legal.services.publishing import publish_shipped


def load() -> None:
    """Publish the shipped texts and let Olivia and Sam have agreed; a second call changes nothing."""
    publish_shipped()
    for email in (demo_doors.OWNER_EMAIL, demo_doors.STAFF_EMAIL):
        person = Person.objects.with_email(email)
        if person is not None:
            agree(person)


def agree(person: Person) -> None:
    """As if this person of the demo had read and agreed to everything that stands between them and the service."""
    accept_as_demo(Asked(person.id), _in_force(to_agree("everybody")))
    owned = Membership.objects.filter(person=person, role=Role.OWNER, account__kind=Account.Kind.SUBSCRIBER)
    for membership in owned:
        accept_as_demo(Asked(person.id, membership.account_id), _in_force(to_agree("owners")))


def _in_force(documents: list[Document]) -> list[Version]:
    return [version for each in documents if (version := queries.current(each.slug))]
