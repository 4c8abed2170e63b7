"""Where an account's webhooks go, and what became of each."""

from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, EncryptedTextField, SealedModel


class Endpoint(SealedModel):
    """One address of an account that wants to be told. `events` are the codes it asked for; none means all.

    While `old_secret` stands and `old_until` has not come, both secrets sign: the receiver changes over in between.
    """

    vault_scope: ClassVar[str] = "account:account_id"

    account_id = models.UUIDField(db_index=True)
    url = EncryptedTextField()
    secret = EncryptedTextField()
    old_secret = EncryptedTextField(null=True)
    old_until = models.DateTimeField(null=True)
    events = models.JSONField(default=list)
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)
    rotated_at = models.DateTimeField(null=True)


class Delivery(SealedModel):
    """One event on its way to one address. `content` is what is told; it goes once it has been delivered.

    `status` is the last answer in one word: an HTTP status, or a word of `verdicts.WORDS`.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        DEAD = "dead"

    vault_scope: ClassVar[str] = "account:account_id"

    account_id = models.UUIDField(db_index=True)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, null=True, related_name="deliveries")
    event = models.CharField(max_length=60)
    event_id = models.UUIDField()
    target_hash = models.CharField(max_length=64)
    content = EncryptedJSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    status = models.CharField(max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=now, editable=False)
    next_try_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account_id", "event_id", "target_hash"], name="one_delivery_per_event_and_target"
            ),
        )
        indexes = (models.Index(fields=["account_id", "state", "created_at"], name="post_webhooks_by_state"),)
