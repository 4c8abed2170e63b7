"""Encrypted fields keep values, refuse what ciphertext cannot do, and notice tampering."""

import string
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.vault import Scope, blind_index, create_key, destroy_key, keyed_hash
from allonce.kernel.vault.errors import KeyDestroyed, Misuse, Tampered
from tests.probe.models import Letter, Notice, Penfriend

pytestmark = pytest.mark.django_db

ACCOUNT = UUID(int=7)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(string.printable), inner, max_size=3),
    max_leaves=8,
)


def letter(**values: Any) -> Letter:
    return Letter.objects.create(**{"account_id": ACCOUNT, "subject": "Blinds for Ada"} | values)


def raw(row: Letter, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM probe_letter WHERE id = %s", [_key(row)])
        return bytes(cursor.fetchone()[0])


def put_raw(row: Letter, column: str, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE probe_letter SET {column} = %s WHERE id = %s", [value, _key(row)])


def _key(row: Letter) -> str:
    return row.id.hex if connection.vendor == "sqlite" else str(row.id)


@given(subject=st.text(st.characters(codec="utf-8")), body=json_values, seal=st.binary(max_size=200))
def test_what_goes_in_comes_out(subject: str, body: Any, seal: bytes) -> None:
    row = letter(subject=subject, body=body, seal=seal)
    found = Letter.objects.get(id=row.id)
    assert (found.subject, found.body, found.seal) == (subject, body, seal)
    assert not subject or len(subject) < 4 or subject.encode() not in raw(row, "subject")


@given(place=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, flip: int) -> None:
    row = letter()
    token = bytearray(raw(row, "subject"))
    token[place % len(token)] ^= flip
    put_raw(row, "subject", bytes(token))
    with pytest.raises((Tampered, LookupError, Exception)) as caught:
        _ = Letter.objects.get(id=row.id).subject
    assert type(caught.value).__name__ in {"Tampered", "KeyMissing"}


@given(length=st.integers(0, 60))
def test_a_token_cut_short_is_noticed(length: int) -> None:
    row = letter()
    put_raw(row, "subject", raw(row, "subject")[: length % 57])
    with pytest.raises(Tampered):
        _ = Letter.objects.get(id=row.id).subject


def test_ciphertext_moved_to_another_row_is_refused() -> None:
    one, other = letter(subject="one"), letter(subject="other")
    put_raw(other, "subject", raw(one, "subject"))
    with pytest.raises(Tampered):
        _ = Letter.objects.get(id=other.id).subject


def test_ciphertext_moved_to_another_field_is_refused() -> None:
    row = letter(seal=b"stamp")
    put_raw(row, "seal", raw(row, "subject"))
    with pytest.raises(Tampered):
        _ = Letter.objects.get(id=row.id).seal


def test_a_row_given_to_another_account_cannot_be_read() -> None:
    row = letter()
    Letter.objects.filter(id=row.id).update(account_id=uuid4())
    with pytest.raises(Tampered):
        _ = Letter.objects.get(id=row.id).subject


@pytest.mark.parametrize("lookup", ["subject", "subject__contains", "subject__in", "subject__gt"])
def test_filtering_by_an_encrypted_value_raises(lookup: str) -> None:
    for query in (Letter.objects.filter, Letter.objects.exclude):
        with pytest.raises(Misuse):
            list(query(**{lookup: ["x"] if lookup.endswith("in") else "x"}))


def test_sorting_by_an_encrypted_value_raises() -> None:
    with pytest.raises(Misuse):
        list(Letter.objects.order_by("-subject"))


def test_updating_an_encrypted_value_by_query_raises() -> None:
    row = letter()
    with pytest.raises(Misuse):
        Letter.objects.update(subject="plain")
    row.subject = "plain"
    with pytest.raises(Misuse):
        Letter.objects.bulk_update([row], ["subject"])


def test_null_can_be_asked_for_and_set_by_query() -> None:
    row = letter(body={"a": 1})
    assert not Letter.objects.filter(body__isnull=True).exists()
    Letter.objects.filter(id=row.id).update(body=None)
    assert Letter.objects.get(body__isnull=True).body is None


def test_values_never_show_content() -> None:
    letter()
    assert "Ada" not in repr(list(Letter.objects.values("subject")))


def test_bulk_create_encrypts_too() -> None:
    Letter.objects.bulk_create(Letter(account_id=ACCOUNT, subject=f"no {n}") for n in range(30))
    assert {row.subject for row in Letter.objects.all()} == {f"no {n}" for n in range(30)}


def test_saving_an_unread_row_keeps_its_values() -> None:
    row = letter(body=[1])
    Letter.objects.get(id=row.id).save()
    assert Letter.objects.get(id=row.id).body == [1]


def test_a_row_copied_under_a_new_id_is_encrypted_anew() -> None:
    copied = Letter.objects.get(id=letter().id)
    copied.id, copied.account_id = uuid4(), uuid4()
    copied._state.adding = True
    copied.save()
    assert Letter.objects.get(id=copied.id).subject == "Blinds for Ada"


def test_deferred_fields_open_later() -> None:
    letter()
    found = Letter.objects.only("seal").get()
    assert found.subject == "Blinds for Ada"
    assert Letter.objects.defer("account_id").get().subject == "Blinds for Ada"


def test_blind_index_finds_the_row_whatever_the_case() -> None:
    made = Penfriend.objects.create(email="Olivia@Example.com")
    index = blind_index("probe.Penfriend.email", " olivia@EXAMPLE.com ")
    assert Penfriend.objects.get(email_index=index) == made
    assert "olivia" not in index


def test_blind_index_follows_its_source() -> None:
    made = Penfriend.objects.create(email="ada@example.com")
    made.email = "ada@example.org"
    made.save()
    assert not Penfriend.objects.filter(email_index=blind_index("probe.Penfriend.email", "ada@example.com"))


def test_keyed_hashes_differ_by_purpose_and_scope() -> None:
    one, other = Scope("account", uuid4()), Scope("account", uuid4())
    assert keyed_hash(one, "a", "x") == keyed_hash(one, "a", "x")
    assert len({keyed_hash(one, "a", "x"), keyed_hash(one, "b", "x"), keyed_hash(other, "a", "x")}) == 3


def test_after_its_key_is_destroyed_nothing_of_the_account_opens() -> None:
    row, kept = letter(), Notice.objects.create(text="open as ever")
    destroy_key(Scope("account", ACCOUNT))
    with pytest.raises(KeyDestroyed):
        _ = Letter.objects.get(id=row.id).subject
    with pytest.raises(KeyDestroyed), transaction.atomic():
        letter()
    with pytest.raises(KeyDestroyed):
        create_key(Scope("account", ACCOUNT))
    assert Notice.objects.get(id=kept.id).text == "open as ever"
