"""How a new installation gets the first of its staff, before anybody can sign in."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry

pytestmark = pytest.mark.django_db
EMAIL = "sam@operator.example"
CHOSEN = "correct horse battery"


def create(*more: str, email: str = EMAIL, name: str = "Sam Reed") -> str:
    """What the command said."""
    said = StringIO()
    call_command("createoperator", "--email", email, "--name", name, *more, stdout=said)
    return said.getvalue()


def path_in(said: str) -> str:
    return urlsplit(said.rsplit(maxsplit=1)[-1]).path


def choose(path: str, password: str = CHOSEN) -> int:
    return Client().post(path, {"password": password}).status_code


def type_in(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    lines = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(lines))


def test_the_link_lets_them_choose_a_password_once_and_into_the_console() -> None:
    path = path_in(create())
    assert choose(path) == 302
    assert choose(path, "another long password") == 410
    client, status = people.sign_in(EMAIL, CHOSEN)
    assert status == 302
    assert client.get("/operator/")["Location"].startswith("/operator/second-factor/")
    people.prove(Person.objects.get())
    assert client.get("/operator/").status_code == 200


def test_nobody_gets_in_before_the_link_was_used() -> None:
    create()
    for password in ("", "Sam Reed", CHOSEN):
        assert people.sign_in(EMAIL, password)[1] != 302


def test_repeating_it_gives_a_new_link_and_no_second_operator() -> None:
    first, second = path_in(create()), path_in(create())
    assert choose(first) == 410
    assert choose(second) == 302
    assert Account.objects.filter(kind="operator").count() == 1
    assert Membership.objects.count() == 1


def test_a_known_person_joins_and_keeps_their_password(olivia: Inhabitant) -> None:
    create(email=olivia.person.email, name="Somebody Else")
    assert Person.objects.get().name == "Olivia Marsh"
    client, status = people.sign_in(olivia.person.email)
    people.prove(olivia.person)
    assert (status, client.get("/operator/").status_code) == (302, 200)


def test_a_password_typed_on_the_terminal_serves_without_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, CHOSEN, CHOSEN)
    assert "http" not in create("--password")
    assert people.sign_in(EMAIL, CHOSEN)[1] == 302


@pytest.mark.parametrize("typed", [("one long password", "another long one"), ("", ""), ("short", "short")])
def test_a_mistyped_or_weak_password_changes_nothing(typed: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, *typed)
    with pytest.raises(CommandError):
        create("--password")
    assert not Person.objects.exists()
    assert not Account.objects.exists()


@pytest.mark.parametrize(("email", "name"), [("no address", "Sam"), (EMAIL, "  ")])
def test_unusable_details_are_refused(email: str, name: str) -> None:
    with pytest.raises(CommandError):
        create(email=email, name=name)
    assert not Person.objects.exists()


def test_it_stands_in_the_record() -> None:
    create()
    entry = Entry.objects.get(action="operator.staff_added")
    assert (entry.actor_kind, entry.account_id) == ("system", Account.objects.get().id)
