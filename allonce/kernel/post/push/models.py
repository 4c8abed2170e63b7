"""Browsers that may be woken, and what is on its way to them."""

from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedBytesField, EncryptedJSONField, SealedModel


class Subscription(SealedModel):
    """One browser of a person, for one use. `account_id` is the account that it was made for, if any.

    `info` is what the browser gave: endpoint, and the keys p256dh and auth.
    """

    vault_scope: ClassVar[str] = "person:person_id"

    person_id = models.UUIDField(db_index=True)
    account_id = models.UUIDField(null=True, db_index=True)
    use = models.CharField(max_length=30)
    info = EncryptedJSONField()
    endpoint_hash = models.CharField(max_length=64)
    service = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=now, editable=False)
    reached_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["endpoint_hash", "use"], name="one_subscription_per_browser_and_use"),
        )


class Push(SealedModel):
    """One message to one browser. `payload` goes once it has been taken, refused or overtaken by time."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        REFUSED = "refused"
        EXPIRED = "expired"

    vault_scope: ClassVar[str] = "person:person_id"

    person_id = models.UUIDField(db_index=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="pushes")
    key = models.CharField(max_length=100)
    topic = models.CharField(max_length=32, blank=True)
    ttl = models.PositiveIntegerField()
    payload = EncryptedBytesField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subscription", "key"], name="one_push_per_browser_and_key"),)
