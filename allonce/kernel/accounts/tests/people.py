"""Named people for tests: Olivia owns Harbour, Ben owns Bayside and knows nobody at Harbour, Sam is staff."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.test import Client, RequestFactory

from allonce.kernel.accounts import mandates
from allonce.kernel.accounts.access import StaffAccess, access_operator
from allonce.kernel.accounts.models import Account, Membership, Person, SignInSession, StaffDuty
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import duties, people, sessions
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now

PASSWORD = "three unrelated words"


@dataclass(frozen=True)
class Inhabitant:
    """A person in their account, with a browser in which they are signed in."""

    person: Person
    account: Account
    client: Client


def person(email: str, name: str = "Olivia Marsh") -> Person:
    return people.create_person(people.NewPerson(email, name, PASSWORD))


def owner(shop: str = "Harbour Blinds", name: str = "Olivia Marsh") -> Inhabitant:
    """Somebody who owns an account named after their shop."""
    word = shop.split(maxsplit=1)[0].lower()
    who = person(f"owner@{word}.example", name)
    account = people.open_account(who, people.NewAccount(shop, f"hello@{word}.example"))
    return Inhabitant(who, account, browser_of(who))


def staff() -> Inhabitant:
    """Sam, who holds every duty, in a browser where the second factor was proven."""
    who = person("sam@operator.example", "Sam Reed")
    new = people.NewAccount("The Operator", "post@operator.example", Account.Kind.OPERATOR)
    account = people.open_account(who, new)
    duties.give_all(who, account.id, actor=SYSTEM)
    return Inhabitant(who, account, browser_of(who))


def fellow(of: Inhabitant, *held: str, email: str = "kim@operator.example", name: str = "Kim Park") -> Inhabitant:
    """Another of the Operator's staff, beside `of`, with these duties (none if none)."""
    who = person(email, name)
    Membership.objects.create(account=of.account, person=who, role=Role.OFFICE)
    StaffDuty.objects.bulk_create(StaffDuty(person=who, duty=each) for each in held)
    return Inhabitant(who, of.account, browser_of(who))


@contextmanager
def at_the_console(who: Inhabitant, *, method: str = "POST") -> Iterator[StaffAccess]:
    """As the console's views work: with the access of a member of staff who presses a button."""
    request = RequestFactory().generic(method, "/operator/")
    living = SignInSession.objects.filter(person=who.person, ended_at=None)
    request.sign_in_session = living.order_by("-created_at").first()  # type: ignore[attr-defined]
    access = access_operator(request)
    with mandates.at_the_console(request):
        yield access


def colleague(of: Inhabitant, role: Role, email: str = "col@harbour.example") -> Inhabitant:
    who = person(email, "Col League")
    Membership.objects.create(account=of.account, person=who, role=role)
    return Inhabitant(who, of.account, browser_of(who))


def browser_of(who: Person, device: str = "Firefox on Windows", *, proven: bool | None = None) -> Client:
    """A new browser in which the person is signed in; staff with a proven second factor, unless said otherwise."""
    client = Client()
    client.force_login(who, backend=sessions.BACKEND)
    first = who.memberships.first()
    account = first.account if first else None
    strong = proven if proven is not None else account is not None and account.kind == Account.Kind.OPERATOR
    factor = now() if strong else None
    session = SignInSession(person=who, account=account, device=device, second_factor_at=factor)
    session.save(force_insert=True)
    kept = client.session
    kept[sessions.SESSION_KEY] = session.id.hex
    kept.save()
    return client


def prove(who: Person) -> None:
    """As if they had just used their passkey wherever they are signed in."""
    SignInSession.objects.filter(person=who, ended_at=None).update(second_factor_at=now())


def sign_in(email: str, password: str = PASSWORD) -> tuple[Client, int]:
    """Try the sign-in page; the browser and the status of the answer (302 is success)."""
    client = Client()
    return client, client.post("/sign-in/", {"email": email, "password": password}).status_code
