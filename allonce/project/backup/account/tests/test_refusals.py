"""Files that are not what they seem are refused whole: damaged, cut, forged, or another's."""

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from allonce.kernel.accounts.models import Account, Entitlement, Invitation, User
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.errors import UserError
from allonce.products.catalogue.models import Catalogue, Chunk, Part
from allonce.products.catalogue.services.editing import catalogue_of
from allonce.project.backup.account import restoring
from allonce.project.backup.account.reading import NotABackup, PasswordNeeded, open_backup
from allonce.project.backup.account.restoring import NotEmpty, restore_as_new, restore_into
from allonce.project.backup.account.tests.files import (
    content_of,
    entries_of,
    forged,
    owner_access,
    taken,
    with_row,
)

pytestmark = [pytest.mark.django_db]
PASSWORD = "a password of four words"


def standing() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Account, User, Catalogue, Chunk, Part, Invitation))


def test_an_owner_restores_into_their_own_empty_account(olivia: Inhabitant, ben: Inhabitant) -> None:
    catalogue_of(ben.account.id)  # a visit to the page of products makes one
    file = taken(olivia.account)
    done = restore_into(open_backup(file), owner_access(ben))
    ben.account.refresh_from_db()
    assert (ben.account.name, ben.account.email) == ("Harbour Blinds", "hello@bayside.example")
    mine, theirs = content_of(taken(ben.account)), content_of(file)
    assert {name for name in mine if mine[name] != theirs[name]} == {"account.json", "people.json"}
    assert json.loads(mine["people.json"]) == [
        {"email": "col@harbour.example", "role": "office"},
        {"email": "owner@bayside.example", "role": "owner"},
        {"email": "owner@harbour.example", "role": "owner"},
    ]
    assert done.people == 2


def test_a_restore_never_mixes_with_what_is_there(olivia: Inhabitant) -> None:
    before = standing()
    with pytest.raises(NotEmpty):
        restore_into(open_backup(taken(olivia.account)), owner_access(olivia))
    assert standing() == before


@given(place=st.integers(0), change=st.integers(1, 255))
def test_an_encrypted_backup_changed_anywhere_is_refused(olivia: Inhabitant, place: int, change: int) -> None:
    sealed = bytearray(_sealed_once(olivia))
    sealed[place % len(sealed)] ^= change
    with pytest.raises((NotABackup, PasswordNeeded)):
        open_backup(io.BytesIO(bytes(sealed)), PASSWORD)


@given(kept=st.floats(0, 0.9999))
def test_a_backup_cut_anywhere_is_refused(olivia: Inhabitant, kept: float) -> None:
    for whole in (_plain_once(olivia), _sealed_once(olivia)):
        cut = io.BytesIO(whole[: int(len(whole) * kept)])
        with pytest.raises((NotABackup, PasswordNeeded)):
            open_backup(cut, PASSWORD)


@given(place=st.integers(0), change=st.integers(1, 255))
def test_a_plain_backup_changed_anywhere_is_refused_or_holds_the_same(
    olivia: Inhabitant, place: int, change: int
) -> None:
    changed = bytearray(_plain_once(olivia))
    changed[place % len(changed)] ^= change
    try:
        opened = open_backup(io.BytesIO(bytes(changed)))
    except NotABackup:
        return
    whole = entries_of(io.BytesIO(_plain_once(olivia)))
    assert {name: opened.archive.read(name) for name in opened.archive.namelist()} == whole


def test_a_wrong_password_and_none_are_told_apart_from_damage(olivia: Inhabitant) -> None:
    for tried in ("", "another password of five"):
        with pytest.raises(PasswordNeeded):
            open_backup(io.BytesIO(_sealed_once(olivia)), tried)


def test_a_file_that_asks_for_too_much_memory_is_refused(olivia: Inhabitant) -> None:
    costly = bytearray(_sealed_once(olivia))
    costly[4] = 30  # scrypt would take a terabyte
    with pytest.raises(PasswordNeeded):
        open_backup(io.BytesIO(bytes(costly)), PASSWORD)


def test_a_file_that_unpacks_to_too_much_is_refused(olivia: Inhabitant) -> None:
    bomb = forged(taken(olivia.account), {"readable/zeros": bytes(5_000_000)})
    assert len(bomb.getvalue()) < 200_000
    with pytest.raises(NotABackup):
        open_backup(bomb, most_bytes=1_000_000)


LIES: dict[str, tuple[str, dict[str, Any]]] = {
    "a field that nobody knows": ("accounts.User", {"is_owner_of_everything": True}),
    "another type": ("accounts.User", {"active": "yes"}),
    "a number as text": ("accounts.User", {"max_discount_bp": "1"}),
    "a number out of range": ("accounts.User", {"max_discount_bp": 10**30}),
    "a value over the limit": ("accounts.User", {"max_discount_bp": 10_001}),
    "too long a text": ("accounts.User", {"user_id": "X" * 99}),
    "a NUL": ("accounts.User", {"name": "A\0B"}),
    "no value": ("accounts.User", {"name": None}),
    "no time": ("accounts.User", {"created_at": "yesterday"}),
    "somebody else's row": ("catalogue.Part", {"catalogue": 2}),
    "no row": ("catalogue.Part", {"catalogue": 0}),
    "a row by key": ("catalogue.Entry", {"chunk": "1"}),
    "no base64": ("catalogue.Chunk", {"body": "§"}),
    "another piece than its hash": ("catalogue.Chunk", {"body": "e30="}),
    "a version that is missing": ("catalogue.Version", {"number": 7}),
    "somebody's name in the catalogue": ("catalogue.Part", {"path": "settings", "body": "IkNhbGwgTXIgU21pdGgi"}),
    "a draft that is no catalogue": ("catalogue.Part", {"path": "settings", "body": "W10="}),
    "an unknown state": ("catalogue.Part", {"changed": None}),
    "a logo that is none": ("quoting.DocumentSettings", {"logo": "e30="}),
    "a brand with fields of its own": ("quoting.DocumentSettings", {"brand": {"shoe_size": 44}}),
    "a brand that is a list": ("quoting.DocumentSettings", {"brand": [1]}),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_forged_row_is_refused_and_nothing_changes(olivia: Inhabitant, ben: Inhabitant, lie: str) -> None:
    table, fields = LIES[lie]
    file = with_row(taken(olivia.account), table, **fields)
    before = standing()
    with pytest.raises(UserError):
        restore_into(open_backup(file), owner_access(ben))
    assert standing() == before
    ben.account.refresh_from_db()
    assert ben.account.name == "Bayside Blinds"


@pytest.mark.parametrize(
    "changes",
    [
        {"people.json": b'[{"email": "not an address", "role": "owner"}]'},
        {"people.json": b'[{"email": "a@b.example", "role": "god"}]'},
        {"people.json": b"{}"},
        {"people.json": json.dumps([{"email": f"p{n}@b.example", "role": "viewer"} for n in range(99)]).encode()},
        {"people.json": None},
        {"account.json": b'{"name": "", "email": "a@b.example"}'},
        {"account.json": b'{"name": "Two\\nlines", "email": "a@b.example"}'},
        {"account.json": b"[]"},
        {"tables/accounts.User.jsonl": b"{}"},
        {"tables/accounts.User.jsonl": b"[]\n"},
        {"tables/accounts.User.jsonl": b"[" * 100_000 + b"\n"},
        {"tables/accounts.Entitlement.jsonl": b'{"service": "field", "until": "2099-01-01"}\n'},
        {"tables/accounts.Membership.jsonl": b'{"role": "owner"}\n'},
        {"manifest": {"version": 2}},
        {"manifest": {"format": "something else"}},
        {"manifest": {"account_id": "../../etc"}},
    ],
    ids=str,
)
def test_a_forged_file_is_refused_and_nothing_changes(
    olivia: Inhabitant, ben: Inhabitant, changes: dict[str, Any]
) -> None:
    before = standing()
    with pytest.raises(UserError):
        restore_into(open_backup(forged(taken(olivia.account), changes)), owner_access(ben))
    assert standing() == before


def test_an_entry_listed_twice_is_refused(olivia: Inhabitant) -> None:
    file = taken(olivia.account)
    with pytest.warns(UserWarning), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("account.json", b'{"name": "Other", "email": "a@b.example"}')
    with pytest.raises(NotABackup):
        open_backup(file)


@pytest.mark.parametrize("content", [b"", b"PK", b"\x00" * 100, b"ALA1", b"ALA1" + b"\x01" * 40])
def test_what_is_no_backup_is_refused(content: bytes) -> None:
    with pytest.raises((NotABackup, PasswordNeeded)):
        open_backup(io.BytesIO(content), PASSWORD)


@pytest.mark.promise("DATA-YOURS")
def test_a_restore_that_fails_at_the_end_leaves_nothing(
    olivia: Inhabitant, ben: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_account_id: object) -> None:
        raise OSError

    monkeypatch.setattr(restoring, "check_restored", fail)
    before = standing()
    with pytest.raises(OSError):
        restore_into(open_backup(taken(olivia.account)), owner_access(ben))
    assert standing() == before


def test_an_older_backup_without_a_table_restores_the_rest(olivia: Inhabitant, ben: Inhabitant) -> None:
    file = forged(taken(olivia.account), {"tables/quoting.Delivery.jsonl": None})
    assert restore_into(open_backup(file), owner_access(ben)).rows > 10


def test_a_backup_grants_no_service_and_makes_nobody_a_member(olivia: Inhabitant) -> None:
    done = restore_as_new(open_backup(taken(olivia.account)), "new@harbour.example")
    assert not Entitlement.objects.filter(account=done.account).exists()
    assert not done.account.memberships.exists()
    assert Invitation.objects.filter(account=done.account).count() == 2


_made: dict[str, bytes] = {}


def _plain_once(who: Inhabitant) -> bytes:
    """One for all examples of a test."""
    key = f"plain {who.account.id}"
    return _made.get(key) or _made.setdefault(key, taken(who.account).getvalue())


def _sealed_once(who: Inhabitant) -> bytes:
    key = f"sealed {who.account.id}"
    return _made.get(key) or _made.setdefault(key, taken(who.account, PASSWORD).getvalue())


def test_a_backup_asks_few_questions_however_much_there_is(
    olivia: Inhabitant, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    catalogue = Catalogue.objects.get(account=olivia.account)
    Part.objects.bulk_create(Part(catalogue=catalogue, path=f"table/t/{n}", body=b"{}") for n in range(3000))
    with django_assert_max_num_queries(60):
        taken(olivia.account)
