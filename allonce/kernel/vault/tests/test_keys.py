"""Keys are born before their rows, renewed without loss, and die for good."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from allonce.kernel import clock
from allonce.kernel.vault import (
    INSTALL,
    Scope,
    create_key,
    destroy_key,
    destroy_keys,
    epochs,
    keyed_hash,
    keyring,
    orphans,
    prefetch,
    rotate_epoch,
    rotate_key,
    rotation,
)
from allonce.kernel.vault.crypto import key_id_of, unwrap
from allonce.kernel.vault.errors import KeyDestroyed, WrongRootKey
from allonce.kernel.vault.fields import Sealed
from allonce.kernel.vault.models import DataKey, KeyEncryptionEpoch
from tests.probe.models import Letter, Notice

pytestmark = pytest.mark.django_db

ACCOUNT = Scope("account", UUID(int=9))


def letters(count: int) -> list[Letter]:
    rows = [Letter(account_id=ACCOUNT.id, subject=f"letter {number}") for number in range(count)]
    return Letter.objects.bulk_create(rows)


def subjects() -> set[str]:
    return {row.subject for row in Letter.objects.all()}


def keys_in_use() -> set[UUID]:
    found = (row.__dict__["subject"] for row in Letter.objects.all())
    return {key_id_of(raw.token) for raw in found if isinstance(raw, Sealed)}


def test_making_a_key_twice_makes_one() -> None:
    create_key(ACCOUNT)
    create_key(ACCOUNT)
    assert DataKey.objects.filter(scope_id=ACCOUNT.id).count() == 1


def test_a_key_outlives_the_rollback_of_its_first_row_and_is_swept_a_day_later() -> None:
    try:
        with transaction.atomic(using="default"):
            letters(1)
            raise IntegrityError
    except IntegrityError:
        pass
    assert DataKey.objects.filter(scope_id=ACCOUNT.id, state="active").exists()
    assert orphans.sweep() == 0
    with clock.travel(clock.now() + timedelta(days=2)):
        assert orphans.sweep() == 1
    with pytest.raises(KeyDestroyed):
        create_key(ACCOUNT)


def test_the_sweep_spares_keys_with_rows_and_the_installations() -> None:
    letters(1)
    Notice.objects.create(text="open")
    with clock.travel(clock.now() + timedelta(days=2)):
        assert orphans.sweep() == 0
    assert subjects() == {"letter 0"}


def test_an_epochs_end_keeps_everything_readable_and_destroys_the_old_wrapping_key() -> None:
    letters(3)
    [old] = KeyEncryptionEpoch.objects.filter(destroyed_at=None)
    kept = bytes(DataKey.objects.get(scope_id=ACCOUNT.id).wrapped)
    assert rotate_epoch() >= 1
    keyring.forget()
    assert subjects() == {"letter 0", "letter 1", "letter 2"}
    old.refresh_from_db()
    assert bytes(old.wrapped) == b""
    assert bytes(DataKey.objects.get(scope_id=ACCOUNT.id).wrapped) != kept


def test_destruction_ends_the_epoch_too_so_that_a_kept_copy_of_the_row_opens_nothing() -> None:
    letters(1)
    copy = DataKey.objects.get(scope_id=ACCOUNT.id)
    destroy_key(ACCOUNT)
    now_open = epochs.open_epoch(KeyEncryptionEpoch.objects.get(destroyed_at=None))
    with pytest.raises(Exception, match="does not open"):
        unwrap(now_open, bytes(copy.wrapped), epochs.data_key_binding(copy))
    assert not KeyEncryptionEpoch.objects.filter(destroyed_at__isnull=False).exclude(wrapped=b"").exists()


def test_destroying_twice_or_before_birth_ends_the_same() -> None:
    letters(1)
    unborn = Scope("person", uuid4())
    assert destroy_keys([ACCOUNT, unborn]) == 1
    assert destroy_keys([ACCOUNT, unborn]) == 0
    for scope in (ACCOUNT, unborn):
        with pytest.raises(KeyDestroyed):
            keyring.active_key(scope)


def test_another_process_hears_of_a_destruction_within_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    letters(1)
    assert subjects() == {"letter 0"}
    DataKey.objects.filter(scope_id=ACCOUNT.id).update(wrapped=b"", state="destroyed")
    with transaction.atomic(using="keys"):
        keyring.bump_generation()
    later = time.monotonic() + keyring.TRUST_SECONDS + 0.1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(KeyDestroyed):
        subjects()


def test_rotation_encrypts_every_row_anew_and_keeps_hashes() -> None:
    letters(rotation.BATCH + 5)
    before, digest = subjects(), keyed_hash(ACCOUNT, "probe", "x")
    old = keys_in_use()
    rotate_key(ACCOUNT)
    assert subjects() == before
    assert keys_in_use().isdisjoint(old)
    assert keyed_hash(ACCOUNT, "probe", "x") == digest


def test_an_interrupted_rotation_resumes_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    letters(25)
    before, old = subjects(), keys_in_use()
    monkeypatch.setattr(rotation, "BATCH", 10)
    renew = rotation._renew
    count = iter(range(1000))

    def dies_in_the_second_batch(row: Any, active: UUID) -> None:
        if next(count) == 12:
            raise KeyboardInterrupt
        renew(row, active)

    monkeypatch.setattr(rotation, "_renew", dies_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        rotate_key(ACCOUNT)
    assert subjects() == before
    monkeypatch.setattr(rotation, "_renew", renew)
    rotate_key(ACCOUNT)
    assert subjects() == before
    assert keys_in_use().isdisjoint(old)


def test_a_row_saved_with_the_old_key_during_rotation_survives_its_end() -> None:
    letters(2)
    old = DataKey.objects.get(scope_id=ACCOUNT.id)
    stale = Letter.objects.first()
    assert stale is not None
    raw = stale.__dict__["subject"]
    rotate_key(ACCOUNT)
    stale.__dict__["subject"] = raw
    stale.save()
    with clock.travel(clock.now() + timedelta(hours=2)):
        assert rotation.finish_rotations() == 1
    old.refresh_from_db()
    assert (old.state, bytes(old.wrapped)) == ("destroyed", b"")
    assert subjects() == {"letter 0", "letter 1"}
    create_key(ACCOUNT)


def test_reading_rows_of_many_scopes_needs_few_queries(django_assert_max_num_queries: Any) -> None:
    accounts = [uuid4() for _ in range(40)]
    Letter.objects.bulk_create(Letter(account_id=account, subject="x") for account in accounts)
    keyring.forget()
    with django_assert_max_num_queries(4, connection=transaction.get_connection("keys")):
        prefetch(Scope("account", account) for account in accounts)
        assert subjects() == {"x"}


def test_the_wrong_root_key_opens_nothing_and_says_so(settings: Any) -> None:
    letters(1)
    keyring.forget()
    settings.VAULT_ROOT_KEY = "another"
    with pytest.raises(WrongRootKey):
        subjects()


def test_the_root_key_can_be_changed(settings: Any) -> None:
    letters(1)
    epochs.rewrap_root("a new root secret")
    settings.VAULT_ROOT_KEY = "a new root secret"
    keyring.forget()
    assert subjects() == {"letter 0"}
    assert keyring.active_key(INSTALL).id.version == 4
