"""Renewing a scope's data key: every value is encrypted anew, in batches that survive an interruption."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from allonce.kernel.clock import now
from allonce.kernel.vault import files, keyring
from allonce.kernel.vault.binding import scope_rule
from allonce.kernel.vault.crypto import KEY, fresh_material, key_id_of, unwrap
from allonce.kernel.vault.epochs import data_key_binding, open_epoch, rotate_epoch
from allonce.kernel.vault.fields import EncryptedField, Sealed
from allonce.kernel.vault.models import DataKey, RotationProgress
from allonce.kernel.vault.scope import Scope
from allonce.kernel.vault.sealed import SealedModel

BATCH = 200
# Rows loaded before the rotation may still be saved with the old key; it stays readable for this long.
GRACE = timedelta(hours=1)


def rotate_key(scope: Scope) -> None:
    """Give the scope a new data key and encrypt its values anew. Called again after a stop, it resumes."""
    retiring = _retire(scope)
    for model in sealed_models(scope.kind):
        _reencrypt(scope, model, retiring)
    files.rewrap_scope(scope)


def finish_rotations() -> int:
    """Destroy retired keys whose grace has passed, after one more look for values that still need them."""
    finished = 0
    for key in DataKey.objects.filter(state=DataKey.State.RETIRING, retired_at__lt=now() - GRACE):
        RotationProgress.objects.filter(retiring=key).delete()
        rotate_key(keyring.scope_of_row(key))
        with transaction.atomic(using="keys", durable=True):
            DataKey.objects.filter(id=key.id).update(wrapped=b"", state=DataKey.State.DESTROYED, destroyed_at=now())
            keyring.bump_generation()
        finished += 1
    if finished:
        keyring.forget()
        rotate_epoch()
    return finished


def sealed_models(kind: str) -> list[type[SealedModel]]:
    """Every table whose rows a scope of this kind protects."""
    tables = (model for model in apps.get_models() if issubclass(model, SealedModel))
    return [model for model in tables if scope_rule(model)[0] == kind]


def encrypted_fields(model: type[models.Model]) -> list[EncryptedField]:
    """The encrypted columns of a table."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]


def rows_of(scope: Scope, model: type[SealedModel]) -> Any:
    """The rows of a table that the scope's key protects, deleted-looking ones of custom managers included."""
    attribute = scope_rule(model)[1]
    rows = model._base_manager.all()
    return rows.filter(**{attribute: scope.id}) if attribute else rows


def _retire(scope: Scope) -> DataKey:
    mine = DataKey.objects.filter(scope_kind=scope.kind, scope_id=scope.id)
    with transaction.atomic(using="keys", durable=True):
        under_way = mine.filter(state=DataKey.State.RETIRING).order_by("-retired_at").first()
        if under_way:
            return under_way
        old = mine.select_for_update().select_related("epoch").get(state=DataKey.State.ACTIVE)
        mine.filter(id=old.id).update(state=DataKey.State.RETIRING, retired_at=now())
        raw = unwrap(open_epoch(old.epoch), bytes(old.wrapped), data_key_binding(old))
        # The hashing half stays, else every keyed hash would have to be made anew from plain values.
        keyring.insert_row(scope, fresh_material()[:KEY] + raw[KEY:])
        keyring.bump_generation()
    keyring.forget()
    return old


def _reencrypt(scope: Scope, model: type[SealedModel], retiring: DataKey) -> None:
    progress, _ = RotationProgress.objects.get_or_create(retiring=retiring, model=model._meta.label)
    for last in _renewed(scope, model, progress.last_row) if not progress.done else ():
        progress.last_row = last
        progress.save(update_fields=["last_row"])
    progress.done = True
    progress.save(update_fields=["done"])


def _renewed(scope: Scope, model: type[SealedModel], after: UUID | None) -> Iterator[UUID]:
    """Renew batch after batch, yielding the last row of each."""
    while True:
        with transaction.atomic():
            rows = rows_of(scope, model).order_by("id").select_for_update()
            batch = list((rows.filter(id__gt=after) if after else rows)[:BATCH])
            for row in batch:
                _renew(row, keyring.active_key(scope).id)
        if not batch:
            return
        after = batch[-1].id
        yield after


def _renew(row: SealedModel, active: UUID) -> None:
    stale = [
        field.name
        for field in encrypted_fields(type(row))
        if isinstance(raw := row.__dict__.get(field.attname), Sealed) and key_id_of(raw.token) != active
    ]
    if stale:
        models.Model.save_base(row, update_fields=frozenset(stale), force_update=True)
