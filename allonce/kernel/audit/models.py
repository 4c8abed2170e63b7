"""The record itself. Entries are written by record() alone and never changed; the database refuses it too."""

from typing import Any
from uuid import UUID

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel


class Entry(models.Model):
    """One act. `digest` covers this entry and, through `previous`, all before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=64)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    actor_via = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    target = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["account_id", "number"], name="audit_by_account"),
            models.Index(fields=["target"], name="audit_by_target"),
        ]

    def facts(self) -> dict[str, Any]:
        """What the digest covers."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "action": self.action,
            "actor": [self.actor_kind, _text(self.actor_id), _text(self.actor_via)],
            "account": _text(self.account_id),
            "target": self.target,
            "data": self.data,
            "previous": self.previous,
        }


class ChainHead(models.Model):
    """The one row that writers queue at; it remembers the chain's end, so that a cut end shows."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class Look(SealedModel):
    """A member of staff looked into an account, and said why. Listed to that account."""

    vault_scope = "account:account_id"

    account_id = models.UUIDField(db_index=True)
    staff_id = models.UUIDField()
    at = models.DateTimeField(default=now)
    reason = EncryptedTextField()
    entry = models.BigIntegerField()


class PersonLook(SealedModel):
    """A member of staff looked at what is held of one person, and said why. Listed to that person."""

    vault_scope = "person:person_id"

    person_id = models.UUIDField(db_index=True)
    staff_id = models.UUIDField()
    at = models.DateTimeField(default=now)
    reason = EncryptedTextField()
    entry = models.BigIntegerField()


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
