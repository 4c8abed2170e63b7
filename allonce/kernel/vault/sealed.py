"""The base of every model with encrypted fields."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.base import ModelState

from allonce.kernel.vault.binding import scope_of, scope_rule
from allonce.kernel.vault.keyring import prefetch


class SealedModel(models.Model):
    """Rows whose encrypted fields are bound to their own id and to the scope named by `vault_scope`."""

    vault_scope: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs are a Django ahead of ours
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """As Django's, remembering where the row came from: a copied row is encrypted for its new place.

        Values go straight into the row, past __init__ and its signals: lists that show nothing sealed then cost
        no more than plain ones.
        """
        row = cls.__new__(cls)
        stored = row.__dict__
        state = stored["_state"] = ModelState()
        state.adding, state.db = False, db
        stored.update(zip(field_names, values, strict=True))
        stored["_sealed_at"] = (stored.get("id"), stored.get(scope_rule(cls)[1]))
        return row


def prefetch_keys(rows: Sequence[SealedModel]) -> None:
    """Open the keys of many rows of many scopes with few queries."""
    prefetch(scope_of(row) for row in rows)
