"""Destroying keys, which is how data is deleted from everything, backups included."""

from collections.abc import Iterable

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.vault import keyring
from allonce.kernel.vault.epochs import rotate_epoch
from allonce.kernel.vault.models import DataKey
from allonce.kernel.vault.scope import Scope


def destroy_key(scope: Scope) -> None:
    """Destroy every key of the scope for good; see destroy_keys()."""
    destroy_keys([scope])


def destroy_keys(scopes: Iterable[Scope]) -> int:
    """Destroy all keys of many scopes at once and end the epoch that wrapped them. Returns how many went.

    A tombstone stays for each scope, so that none ever gets a new key. Safe to repeat after a crash.
    """
    destroyed = 0
    with transaction.atomic(using="keys", durable=True):
        for scope in scopes:
            destroyed += _bury(scope)
        keyring.bump_generation()
    keyring.forget()
    rotate_epoch()
    return destroyed


def _bury(scope: Scope) -> int:
    rows = DataKey.objects.filter(scope_kind=scope.kind, scope_id=scope.id).exclude(state="destroyed")
    count = rows.update(wrapped=b"", state=DataKey.State.DESTROYED, destroyed_at=now(), retired_at=None)
    if not count:
        _bury_unborn(scope)
    return count


def _bury_unborn(scope: Scope) -> None:
    tombs = DataKey.objects.filter(scope_kind=scope.kind, scope_id=scope.id, retired_at=None)
    if not tombs.exists():
        key = keyring.insert_row(scope)
        DataKey.objects.filter(id=key.id).update(wrapped=b"", state="destroyed", destroyed_at=now())
