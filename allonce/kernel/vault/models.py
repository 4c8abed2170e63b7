"""The keys database: epochs of key-encryption keys, and the data keys they wrap."""

import uuid

from django.db import models
from django.db.models import Q

from allonce.kernel.clock import now


class KeyEncryptionEpoch(models.Model):
    """A key-encryption key, wrapped by the root key. When an epoch ends its key is destroyed."""

    id = models.BigAutoField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=now)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(wrapped=b""), name="vault_dead_epoch_is_empty"
            ),
        ]


class DataKey(models.Model):
    """A scope's key, wrapped by an epoch's key. The row stays as a tombstone when the key is destroyed."""

    class State(models.TextChoices):
        """`retiring` keys still open old values while those are encrypted anew."""

        ACTIVE = "active"
        RETIRING = "retiring"
        DESTROYED = "destroyed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope_kind = models.CharField(max_length=8)
    scope_id = models.UUIDField()
    epoch = models.ForeignKey(KeyEncryptionEpoch, on_delete=models.PROTECT)
    wrapped = models.BinaryField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.ACTIVE)
    created_at = models.DateTimeField(default=now)
    retired_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["scope_kind", "scope_id"], name="vault_key_scope")]
        constraints = [
            models.UniqueConstraint(
                fields=["scope_kind", "scope_id"], condition=Q(state="active"), name="vault_one_active_key"
            ),
            models.CheckConstraint(
                condition=~Q(state="destroyed") | Q(wrapped=b""), name="vault_destroyed_key_is_empty"
            ),
        ]


class KeyStoreState(models.Model):
    """One row whose `generation` rises when a cached key may no longer be used."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.BigIntegerField(default=0)


class RotationProgress(models.Model):
    """How far the values of one model have been encrypted anew, so that an interrupted rotation resumes."""

    retiring = models.ForeignKey(DataKey, on_delete=models.CASCADE)
    model = models.CharField(max_length=120)
    last_row = models.UUIDField(null=True)
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["retiring", "model"], name="vault_one_progress")]
