"""Every address of an account, pressed by its owner: what changes something leaves a trace of person and device."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.demo import PASSWORD
from allonce.kernel.accounts.models import Account, Membership, SignInSession
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit.models import Entry
from tests.tenancy.addresses import Address, every_address
from tests.tenancy.rows import rows_of
from tests.tenancy.test_every_address import SHOP_EMAIL, paths

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment"), pytest.mark.promise("SEC-ACTIVITY-LOG")]
# Tables whose rows are no act of anybody: how the house keeps its own order, and letters that follow from acts.
HOUSEKEEPING = re.compile(
    r"^(django_session|audit_|jobs_|vault_|post_|notices_|accounts_throttlecount|catalogue_undo|catalogue_.*step)"
)
# Addresses that write and leave no entry, and why that is right.
UNTRACED = {
    "account/leave-look/": "nobody's data changes: a browser stops reading under a look",
    "account/switch/<uuid:account_id>/": "nobody's data changes: a browser shows another account of the person",
    "account/email/": "nothing changes before the mailed link is used, which is recorded",
    "account/own-email/": "nothing changes before the mailed link is used, which is recorded",
    "account/another/": "nothing changes before the mailed link is used, which is recorded",
    "account/passkeys/register/options/": "a challenge is kept for this browser alone",
    "account/passkeys/proof/options/": "a challenge is kept for this browser alone",
    "sign-out/": "recorded as session.ended when there is a session",
}
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.I)
# Fits many forms at once; what a form does not know it ignores.
GIVEN = {
    "name": "Another name",
    "email": "somebody@new.example",
    "role": "viewer",
    "user_id": "QQ",
    "wanted": "on",
    "present": PASSWORD,
    "password": "four other unrelated words",
    "accent": "#0b6e6e",
    "paper": "a4",
    "units": "mm",
    "active": "no",
    "label": "Another label",
    "direction": "down",
    "note": "As agreed",
}


@pytest.fixture
def shop(settings: Settings) -> Account:
    settings.DEMO = True
    call_command("demo", verbosity=0)
    settings.DEMO = False
    account = Account.objects.with_email(SHOP_EMAIL)
    assert account is not None
    # A second owner, so that roles can be changed and people removed.
    Membership.objects.create(account=account, person=people.person("olaf@harbour.example"), role=Role.OWNER)
    return account


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """The tables that statements of the block change, but for housekeeping."""
    found: set[str] = set()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        table = WRITE.match(sql)
        if table and not HOUSEKEEPING.match(table[1].lower()):
            found.add(table[1].lower())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def pressed(browser: Client, path: str) -> tuple[set[str], list[Entry], int]:
    """What one press changes, the entries it leaves and the answer; then all of it is undone."""
    before = Entry.objects.count()
    with transaction.atomic():
        with tables_written() as tables:
            answer = browser.post(path, GIVEN)
        entries = list(Entry.objects.order_by("number")[before:])
        transaction.set_rollback(True)
    return tables, entries, answer.status_code


def own_addresses() -> list[Address]:
    beyond = ("operator/", "sign-in/", "me/")
    return [
        each
        for each in every_address()
        if not each.is_public and not each.is_for_phones and not each.route.startswith(beyond)
    ]


def test_what_changes_something_names_who_did_it_and_through_what(shop: Account) -> None:
    person = shop.memberships.select_related("person").earliest("created_at").person
    browser = people.browser_of(person)
    session = SignInSession.objects.filter(person=person).latest("created_at")
    rows, untraced, traced = rows_of(shop), [], set()
    for address in own_addresses():
        for path in list(paths(address, rows))[:1]:
            tables, entries, _status = pressed(browser, path)
            if not tables or address.route in UNTRACED:
                continue
            mine = [each for each in entries if (each.actor_id, each.actor_via) == (person.id, session.id)]
            if any(each.account_id == shop.id for each in mine):
                traced.add(address.route)
            else:
                untraced.append(f"{address.route} changes {sorted(tables)} and records {[e.action for e in entries]}")
    assert not untraced, f"record it with the account, or say in UNTRACED why not: {untraced}"
    assert traced >= {
        "account/details/",
        "account/people/",
        "account/password/",
        "setup/documents/",
    }, f"the presses no longer reach what they should: {sorted(traced)}"
    assert len(traced) >= 8, sorted(traced)
