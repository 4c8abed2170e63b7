"""The people of the demo: the Operator's staff, and a shop with its owner."""

from django.conf import settings

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.devices.demo import load_users
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import demo_doors, duties, people
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import add_months, now, today

PASSWORD = "harbour-demo-2026"  # noqa: S105 - printed in the demo's own pages
COLLEAGUE_EMAIL = "kim@allonce.example"
SHOP_EMAIL = "hello@harbourblinds.example"


def load() -> None:
    """Make the demo's people and accounts where they are missing; a second call changes nothing."""
    staff = _person("Sam Reed", demo_doors.STAFF_EMAIL)
    operator = people.NewAccount(settings.OPERATOR_NAME, settings.OPERATOR_EMAIL, Account.Kind.OPERATOR)
    own = _account(operator, staff)
    duties.give_all(staff, own.id, actor=SYSTEM)
    _colleague(own)
    if is_shop_gone():
        return  # walked to its end and past it: what was promised to be gone does not come back by itself
    owner = _person("Olivia Marsh", demo_doors.OWNER_EMAIL)
    shop = _account(people.NewAccount("Harbour Blinds", SHOP_EMAIL), owner)
    if shop.ended_at is not None:
        return  # somebody walked it to its end, and may look at what is left
    if not entitlements.allows(shop.id, "field"):
        actor = Actor(kind="staff", id=staff.id)
        entitlements.grant(shop.id, "field", add_months(today(), 24), actor=actor)
    load_users(shop, owner)


def is_shop_gone() -> bool:
    """Whether the demo's shop was ended and is deleted: its owner is there, and it is not."""
    shop, owner = Account.objects.with_email(SHOP_EMAIL), Person.objects.with_email(demo_doors.OWNER_EMAIL)
    return shop is None and owner is not None


def _colleague(own: Account) -> None:
    """A second member of staff: appeals are decided by somebody else than the first decider."""
    colleague = _person("Kim Park", COLLEAGUE_EMAIL)
    Membership.objects.get_or_create(account=own, person=colleague, defaults={"role": Role.OFFICE})
    duties.give_all(colleague, own.id, actor=SYSTEM)


def _person(name: str, email: str) -> Person:
    known = Person.objects.with_email(email)
    if known is not None:
        return known
    person = people.create_person(people.NewPerson(email, name, PASSWORD))
    person.email_verified_at = now()
    person.save(update_fields=["email_verified_at"])
    return person


def _account(new: people.NewAccount, owner: Person) -> Account:
    known = Account.objects.with_email(new.email)
    if known is None:
        return people.open_account(owner, new)
    Membership.objects.get_or_create(account=known, person=owner, defaults={"role": Role.OWNER})
    return known
