"""Copies that outlive their owner's key: under a records key for the law, under a hold's key for a hold."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.privacy.retention.models.holds import LegalHold
from allonce.kernel.vault import EncryptedJSONField, SealedModel


class Shelf(models.Model):
    """What is kept of one account or person for one reason until one day; its id names the records key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope_kind = models.CharField(max_length=8)
    scope_id = models.UUIDField()
    reason = models.CharField(max_length=120)
    until = models.DateField(db_index=True)
    made_at = models.DateTimeField(default=now, editable=False)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "shelves"
        constraints = (
            models.UniqueConstraint(
                fields=["scope_kind", "scope_id", "reason", "until"], name="one_shelf_for_each_end"
            ),
        )

    def __str__(self) -> str:
        return f"shelf {self.id}"


class Copy(SealedModel):
    """One row as it was: `source` is its model, `row` its id, `facts` its kept fields."""

    scope_kind = models.CharField(max_length=8)
    scope_id = models.UUIDField()
    source = models.CharField(max_length=120)
    row = models.CharField(max_length=64)
    facts = EncryptedJSONField()
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class KeptRecord(Copy):
    """Kept because the law says so."""

    vault_scope: ClassVar[str] = "records:shelf_id"

    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="records")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["shelf", "source", "row"], name="kept_once_on_a_shelf"),)


class HeldRecord(Copy):
    """Kept because a legal hold says so; the hold's key opens it until the hold is released."""

    vault_scope: ClassVar[str] = "hold:hold_id"

    hold = models.ForeignKey(LegalHold, on_delete=models.PROTECT, related_name="records")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["hold", "source", "row"], name="held_once_by_a_hold"),)
