"""Every address of the product, tried by strangers: nobody at all, another account, another account's phone."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.devices.tests.scene import Phone, access_for, make_shop, registered_phone
from allonce.kernel.accounts.models import Account, Entitlement
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now
from allonce.kernel.desk.models import Ticket
from allonce.kernel.legal.documents import documents
from allonce.kernel.legal.queries import Asked, current
from allonce.kernel.legal.services.accepting import accept_as_demo
from allonce.products.quoting.models import Delivery
from tests.tenancy.addresses import PUBLIC, Address, every_address
from tests.tenancy.rows import Row, picture, rows_of, value_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.promise("SEC-TENANCY")]
SHUT = {401, 403, 404, 405}
# Where a phone's body is read before its token, a body that makes no sense is refused first.
UNREAD = {400, 422}
# Addresses whose answer about somebody else's is the one about what never was, and why it is not a refusal.
ALIKE = {
    "api/mobile/v1/jobs/<job_ref>": "a phone asks about jobs before the server heard of them",
    "setup/undo/<uuid:step_id>/": "reads as a step that was forgotten since",
}
METHODS = ("get", "post", "put", "patch", "delete")
SHOP_EMAIL = "hello@harbourblinds.example"

# A ticket is what its sender wrote to the staff, who read and answer it; the account's activity tells of each reading
# (allonce/kernel/desk/tests/test_answering.py).
WRITTEN_TO_STAFF = "operator/desk/<uuid:ticket_id>/"


@pytest.fixture
def victim(settings: Settings) -> Account:
    """The demo's shop with all the demo's data, so that each product's rows are among what is tried."""
    settings.REGISTER_REFUSAL_SECONDS = 0
    settings.DEMO = True
    call_command("demo", verbosity=0)
    settings.DEMO = False
    account = Account.objects.with_email(SHOP_EMAIL)
    assert account is not None
    owner = account.memberships.select_related("person").get()
    add_user(access_for(owner.person, account, Role.OWNER), UserDetails("ZZ", "Zoe Zest", 0))
    assert Phone().register(SHOP_EMAIL, "ZZ").status_code == 201
    assert Phone().register(SHOP_EMAIL, "ZZ").status_code == 403
    posted = {"role": "customer", "at": now(), "created_at": now(), "recipient_hash": "r", "message_hash": "m"}
    Delivery.objects.create(account=account, job_ref=uuid4(), revision=1, **posted)
    return account


@pytest.fixture
def shop_rows(victim: Account) -> list[Row]:
    return rows_of(victim)


def paths(address: Address, rows: list[Row]) -> Iterator[str]:
    """The address with the victim's own ids in it, in each combination."""
    parameters = address.parameters()
    tried = [value_for(kind, name, rows) for kind, name in parameters]
    names = [name for _, name in parameters]
    for values in itertools.product(*tried):
        yield address.filled(dict(zip(names, values, strict=True)))


def secrets_of(account: Account, rows: list[Row]) -> list[str]:
    """What must never stand in an answer to a stranger: names, addresses and ids of the account."""
    members = [each.person for each in account.memberships.select_related("person")]
    names = [account.name, account.email, *(each.name for each in members), *(each.email for each in members)]
    return names + [str(row.pk) for row in rows if not isinstance(row.pk, int)]


def body(answer: Any) -> str:
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode(errors="replace")


def leaks(answer: Any, path: str, secrets: list[str]) -> list[str]:
    """The victim's secrets in the answer, but for what the asker put into the address."""
    said = body(answer)
    return [each for each in secrets if each in said and each not in path]


def is_refused(address: Address, method: str, answer: Any) -> bool:
    """Whether the answer is a refusal; an empty body may be refused before anybody looks whose it would be."""
    # Who is no member of Dating is led to what Dating is, whatever they asked for.
    leads_out = answer.status_code == 302 and answer["Location"] == "/dating/"
    signs_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
    unread = (address.is_for_phones or method != "get") and answer.status_code in UNREAD
    return signs_in or leads_out or unread or answer.status_code in SHUT


def test_somebody_who_is_not_signed_in_gets_nowhere(shop_rows: list[Row]) -> None:
    before = picture(shop_rows)
    shut = [address for address in every_address() if not address.is_public]
    tries = [(address, method, path) for address in shut for path in paths(address, shop_rows) for method in METHODS]
    open_doors = [
        f"{method} {path} -> {answer.status_code}"
        for address, method, path in tries
        if not is_refused(address, method, answer := getattr(Client(), method)(path))
    ]
    assert not open_doors, f"refuse strangers, or register with a reason in PUBLIC: {open_doors}"
    assert picture(shop_rows) == before


def test_an_address_that_lets_strangers_in_is_noticed(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.tenancy.leaky_urls"
    with pytest.raises(AssertionError, match="hole"):
        test_somebody_who_is_not_signed_in_gets_nowhere([])


def test_public_addresses_show_strangers_nothing_of_an_account(victim: Account, shop_rows: list[Row]) -> None:
    secrets = secrets_of(victim, shop_rows)
    for address in every_address():
        if address.is_public:
            for path in paths(address, shop_rows):
                answer = Client().get(path)
                assert not leaks(answer, path, secrets), path


def test_every_registered_public_address_has_a_reason() -> None:
    assert all(PUBLIC.values())


@pytest.mark.scale
def test_another_accounts_owner_sees_and_changes_nothing(victim: Account, shop_rows: list[Row]) -> None:
    rival = _agreed(people.owner("Bayside Blinds", "Ben Bay"))
    _try_everything(victim, shop_rows, lambda: people.browser_of(rival.person))


def test_what_an_account_has_is_not_found_by_another_accounts_owner(shop_rows: list[Row]) -> None:
    rival = _agreed(people.owner("Bayside Blinds", "Ben Bay"))
    _try_what_is_the_victims(shop_rows, lambda: people.browser_of(rival.person))


def test_what_an_account_has_is_not_found_by_another_accounts_phone(shop_rows: list[Row]) -> None:
    phone = registered_phone(make_shop("hello@bayside.example"))
    _try_what_is_the_victims(shop_rows, lambda: Client(headers={"Authorization": f"Bearer {phone.token}"}))


def test_a_phone_reads_another_accounts_job_as_one_never_posted(shop_rows: list[Row]) -> None:
    phone = registered_phone(make_shop("hello@bayside.example"))
    [posted] = [row for row in shop_rows if isinstance(row, Delivery)]
    theirs, nobodys = phone.get(f"/jobs/{posted.job_ref}"), phone.get(f"/jobs/{uuid4()}")
    assert theirs.json() == nobodys.json() == {"deliveries": []}


@pytest.mark.scale
def test_another_accounts_phone_sees_and_changes_nothing(victim: Account, shop_rows: list[Row]) -> None:
    phone = registered_phone(make_shop("hello@bayside.example"))
    _try_everything(victim, shop_rows, lambda: Client(headers={"Authorization": f"Bearer {phone.token}"}))


def test_staff_without_a_look_see_and_change_nothing(victim: Account, shop_rows: list[Row]) -> None:
    sam = _agreed(people.staff())
    # Services are the Operator's to grant and to withdraw, by the account's id; names are not theirs to see.
    kept = [row for row in shop_rows if not isinstance(row, Entitlement)]
    known = {str(victim.id), *(str(row.pk) for row in shop_rows if isinstance(row, Ticket))}
    _try_everything(victim, kept, lambda: people.browser_of(sam.person), known, but=WRITTEN_TO_STAFF)


def _agreed(stranger: Inhabitant) -> Inhabitant:
    """Somebody whom nothing but the tried address itself can refuse: they have agreed to the demo's legal texts."""
    in_force = [version for each in documents() if (version := current(each.slug))]
    accept_as_demo(Asked(stranger.person.id, stranger.account.id), in_force)
    return stranger


def _try_everything(
    victim: Account,
    rows: list[Row],
    arrive: Callable[[], Client],
    known: frozenset[str] | set[str] = frozenset(),
    but: str = "nowhere",
) -> None:
    """At each address nothing of the victim's is shown and nothing changes, whatever ids are put into it."""
    secrets = [each for each in secrets_of(victim, rows) if each not in known]
    before = picture(rows)
    for address in every_address():
        if not address.route.startswith(("sign-in/demo/", but)):
            with _undone_afterwards():
                _try(address, rows, arrive, secrets)
                assert picture(rows) == before, f"{address.route} changes what is another's"


def _try(address: Address, rows: list[Row], arrive: Callable[[], Client], secrets: list[str]) -> None:
    for path in paths(address, rows):
        for method in ("get", "post"):
            answer = getattr(arrive(), method)(path)
            assert answer.status_code != 500, f"{method} {path} -> {answer.status_code}"
            assert not leaks(answer, path, secrets), f"{method} {path} shows {leaks(answer, path, secrets)}"


@contextmanager
def _undone_afterwards() -> Iterator[None]:
    """Strangers who say that their password was stolen, or leave, would be shut out of each address after that."""
    with ExitStack() as databases:
        for each in connections:
            databases.enter_context(transaction.atomic(using=each))
        yield
        for each in connections:
            transaction.set_rollback(True, using=each)


def _try_what_is_the_victims(rows: list[Row], arrive: Callable[[], Client]) -> None:
    """Addresses that name something of the victim's answer not found or forbidden."""
    named = [each for each in every_address() if each.parameters() and not each.is_public]
    tries = [(each, method, path) for each in named for path in paths(each, rows) for method in ("get", "post")]
    answered = [
        f"{method} {path} -> {answer.status_code}"
        for address, method, path in tries
        if not is_refused(address, method, answer := getattr(arrive(), method)(path)) and address.route not in ALIKE
    ]
    assert not answered, f"answer not found, or register with a reason in ALIKE: {answered}"
