"""Data keys in use: created before their first row, opened once per process, forgotten when destroyed."""

import time
from collections import OrderedDict
from collections.abc import Iterable
from threading import RLock
from uuid import UUID

from django.db import IntegrityError, transaction

from allonce.kernel.vault.crypto import KeyMaterial, fresh_material, load_material, unwrap, wrap
from allonce.kernel.vault.epochs import current_epoch, data_key_binding, open_epoch
from allonce.kernel.vault.errors import KeyDestroyed, KeyMissing
from allonce.kernel.vault.models import DataKey, KeyStoreState
from allonce.kernel.vault.scope import Scope, ScopeKind

# A destroyed key is refused in every process after at most this long; the destroying process forgets at once.
TRUST_SECONDS = 1.0
MOST_KEYS = 20_000


class _Cache:
    """Opened keys by id, and each scope's active key; emptied when the store's generation moves."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.keys: OrderedDict[UUID, KeyMaterial] = OrderedDict()
        self.active: dict[Scope, UUID] = {}
        # The scope asked for last: each field of a row asks with the same one.
        self.last: tuple[Scope, KeyMaterial] | None = None
        self.generation = -1
        self.checked = 0.0

    def clear(self) -> None:
        with self.lock:
            self.keys.clear()
            self.active.clear()
            self.last = None
            self.checked = 0.0

    def refresh(self) -> None:
        """Look whether another process destroyed or renewed keys."""
        if time.monotonic() - self.checked < TRUST_SECONDS:
            return
        found = KeyStoreState.objects.filter(id=1).values_list("generation", flat=True).first() or 0
        with self.lock:
            if found != self.generation:
                self.clear()
                self.generation = found
            self.checked = time.monotonic()

    def put(self, row: DataKey, key: KeyMaterial) -> None:
        with self.lock:
            self.keys[key.id] = key
            if row.state == DataKey.State.ACTIVE:
                self.active[scope_of_row(row)] = key.id
            while len(self.keys) > MOST_KEYS:
                gone, _ = self.keys.popitem(last=False)
                self.active = {scope: key_id for scope, key_id in self.active.items() if key_id != gone}


_cache = _Cache()


def forget() -> None:
    """Drop every opened key of this process."""
    _cache.clear()


def create_key(scope: Scope) -> None:
    """Make the scope's key if it has none. Commits by itself, so that it exists before its first row can.

    Raises KeyDestroyed for a scope whose key was destroyed: such a scope never gets another.
    """
    try:
        with transaction.atomic(using="keys", durable=True):
            _refuse_destroyed(scope)
            if not _active(scope).exists():
                insert_row(scope)
    except IntegrityError:
        if not _active(scope).exists():  # else another process made it a moment earlier
            raise


def active_key(scope: Scope) -> KeyMaterial:
    """The key that encrypts for this scope now, made if need be. Raises KeyDestroyed."""
    _cache.refresh()
    last = _cache.last
    if last is not None and last[0] is scope:
        return last[1]
    cached = _cache.active.get(scope)
    key = _cache.keys.get(cached) if cached else None
    if key:
        _cache.last = (scope, key)
        return key
    row = _active(scope).select_related("epoch").first()
    if row is None:
        create_key(scope)
        row = _active(scope).select_related("epoch").get()
    return _open(row)


def key_by_id(key_id: UUID) -> KeyMaterial:
    """The key that made a token. Raises KeyDestroyed or KeyMissing."""
    _cache.refresh()
    key = _cache.keys.get(key_id)
    if key:
        return key
    row = DataKey.objects.select_related("epoch").filter(id=key_id).first()
    if row is None:
        raise KeyMissing(f"no key {key_id}")
    return _open(row)


def prefetch(scopes: Iterable[Scope]) -> None:
    """Open the keys of many scopes with few queries; call it before reading rows of many persons."""
    _cache.refresh()
    by_kind: dict[ScopeKind, list[UUID]] = {}
    for scope in set(scopes) - set(_cache.active):
        by_kind.setdefault(scope.kind, []).append(scope.id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), 500):
            rows = DataKey.objects.filter(scope_kind=kind, scope_id__in=ids[start : start + 500])
            for row in rows.exclude(state=DataKey.State.DESTROYED).select_related("epoch"):
                _open(row)


def bump_generation() -> None:
    """Tell all processes, within the caller's transaction, that cached keys are stale."""
    state, _ = KeyStoreState.objects.select_for_update().get_or_create(id=1)
    state.generation += 1
    state.save(update_fields=["generation"])


def insert_row(scope: Scope, raw: bytes | None = None) -> DataKey:
    epoch, cipher = current_epoch()
    row = DataKey(scope_kind=scope.kind, scope_id=scope.id, epoch=epoch)
    row.wrapped = wrap(cipher, raw or fresh_material(), data_key_binding(row))
    row.save(force_insert=True)
    return row


def _open(row: DataKey) -> KeyMaterial:
    if row.state == DataKey.State.DESTROYED:
        raise KeyDestroyed(f"the key of this {row.scope_kind} was destroyed")
    raw = unwrap(open_epoch(row.epoch), bytes(row.wrapped), data_key_binding(row))
    key = load_material(row.id, raw)
    _cache.put(row, key)
    return key


def _active(scope: Scope):  # type: ignore[no-untyped-def]
    return DataKey.objects.filter(scope_kind=scope.kind, scope_id=scope.id, state=DataKey.State.ACTIVE)


def _refuse_destroyed(scope: Scope) -> None:
    rows = DataKey.objects.filter(scope_kind=scope.kind, scope_id=scope.id, state=DataKey.State.DESTROYED)
    if rows.filter(retired_at=None).exists():
        raise KeyDestroyed(f"the key of this {scope.kind} was destroyed")


def scope_of_row(row: DataKey) -> Scope:
    kind: ScopeKind = row.scope_kind  # type: ignore[assignment]
    return Scope(kind, row.scope_id)
