"""Key-encryption keys: each lives for one epoch, and dies with it."""

import os
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connections, transaction

from allonce.kernel.clock import now
from allonce.kernel.vault.crypto import KEY, root_cipher, unwrap, wrap
from allonce.kernel.vault.errors import Tampered, WrongRootKey
from allonce.kernel.vault.models import DataKey, KeyEncryptionEpoch, KeyStoreState

EPOCH_BINDING = b"key-encryption-key"


def current_epoch() -> tuple[KeyEncryptionEpoch, AESGCM]:
    """The epoch that wraps new keys, locked for this transaction, and its opened key."""
    epoch = KeyEncryptionEpoch.objects.select_for_update().filter(destroyed_at=None).order_by("-id").first()
    return (epoch, open_epoch(epoch)) if epoch else _start_epoch()


def open_epoch(epoch: KeyEncryptionEpoch) -> AESGCM:
    """The key of an epoch. Raises WrongRootKey if the root key does not fit."""
    try:
        return AESGCM(unwrap(root_cipher(settings.VAULT_ROOT_KEY), bytes(epoch.wrapped), EPOCH_BINDING))
    except Tampered as error:
        raise WrongRootKey("the vault's root key does not open this installation's keys") from error


def rotate_epoch() -> int:
    """Wrap every data key anew under a fresh key-encryption key and destroy the old one. Returns how many.

    After it, what lies in freed pages and logs of the keys database is noise even to who holds the root key.
    """
    with transaction.atomic(using="keys", durable=True):
        current_epoch()
        old = list(KeyEncryptionEpoch.objects.select_for_update().filter(destroyed_at=None))
        new, cipher = _start_epoch()
        count = sum(_rewrap(keys, new, cipher) for keys in _batches(old))
        DataKey.objects.filter(state=DataKey.State.DESTROYED).update(epoch=new)
        ended = [epoch.id for epoch in old]
        KeyEncryptionEpoch.objects.filter(id__in=ended).update(wrapped=b"", destroyed_at=now())
    forget_freed_pages()
    return count


def rewrap_root(new_secret: str) -> None:
    """Wrap the living epoch under another root secret; the installation must then start with that one."""
    with transaction.atomic(using="keys", durable=True):
        for epoch in KeyEncryptionEpoch.objects.select_for_update().filter(destroyed_at=None):
            raw = unwrap(root_cipher(settings.VAULT_ROOT_KEY), bytes(epoch.wrapped), EPOCH_BINDING)
            epoch.wrapped = wrap(root_cipher(new_secret), raw, EPOCH_BINDING)
            epoch.save(update_fields=["wrapped"])
    forget_freed_pages()


def forget_freed_pages() -> bool:
    """Take destroyed keys out of SQLite's write-ahead log; its main file is overwritten by secure_delete.

    False if a reader kept the log from being cut; the hourly job tries again. PostgreSQL keeps dead rows until
    VACUUM and in its own log: there let autovacuum run and keep log archives as short as the keys' backups.
    """
    connection = connections["keys"]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _log, _done = cursor.fetchone()
    return not busy


def data_key_binding(key: DataKey) -> bytes:
    """What a wrapped data key is bound to."""
    return f"data-key|{key.scope_kind}|{key.scope_id.hex}|{key.id.hex}".encode()


def _start_epoch() -> tuple[KeyEncryptionEpoch, AESGCM]:
    raw = os.urandom(KEY)
    wrapped = wrap(root_cipher(settings.VAULT_ROOT_KEY), raw, EPOCH_BINDING)
    KeyStoreState.objects.get_or_create(id=1)
    return KeyEncryptionEpoch.objects.create(wrapped=wrapped), AESGCM(raw)


def _batches(old: list[KeyEncryptionEpoch], size: int = 1000) -> Iterator[list[DataKey]]:
    living = DataKey.objects.select_related("epoch").filter(epoch__in=old).exclude(state="destroyed")
    while batch := list(living.select_for_update(of=("self",))[:size]):
        yield batch


def _rewrap(keys: list[DataKey], new: KeyEncryptionEpoch, cipher: AESGCM) -> int:
    opened = {epoch.id: open_epoch(epoch) for epoch in {key.epoch for key in keys}}
    for key in keys:
        raw = unwrap(opened[key.epoch_id], bytes(key.wrapped), data_key_binding(key))
        key.wrapped = wrap(cipher, raw, data_key_binding(key))
        key.epoch = new
    # An upsert of rows that all exist: many times quicker than bulk_update's CASE for each row.
    DataKey.objects.bulk_create(
        keys, update_conflicts=True, unique_fields=["id"], update_fields=["wrapped", "epoch"], batch_size=100
    )
    return len(keys)
