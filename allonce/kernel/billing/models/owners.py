"""Whose rows these are: a kind and an id, as the vault names whose key protects a value."""

from typing import Any

from django.db import models

from allonce.kernel.vault import Scope


class Owned(models.Model):
    """A row of one payer: a private person today, an account later."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ACCOUNT = "account"

    scope_kind = models.CharField(max_length=10, choices=Kind.choices)
    scope_id = models.UUIDField()

    class Meta:
        abstract = True

    @property
    def owner(self) -> Scope:
        """Whose it is."""
        return Scope("account" if self.scope_kind == "account" else "person", self.scope_id)


def of(owner: Scope) -> dict[str, Any]:
    """The owner as columns, to filter by or to create with."""
    return {"scope_kind": owner.kind, "scope_id": owner.id}
