"""Text messages that leave and come, and who wants none."""

from typing import Any, ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.vault import BlindIndexField, EncryptedJSONField, EncryptedTextField, SealedModel


class Sms(SealedModel):
    """One text message's fate. `content` (to, text, sender) goes once the gateway has taken or refused it.

    `consent` names the row by which its reader agreed to be texted. `key` is the caller's: one message per key.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        DELIVERED = "delivered"
        UNDELIVERED = "undelivered"
        REFUSED = "refused"
        STOPPED = "stopped"
        FAILED = "failed"

    vault_scope: ClassVar[str] = "account:account_id"

    account_id = models.UUIDField(db_index=True)
    key = models.CharField(max_length=100)
    consent = models.CharField(max_length=100)
    number_hash = models.CharField(max_length=64)
    shared_sender = models.BooleanField(default=True)
    content = EncryptedJSONField(null=True)
    parts = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    gateway_hash = models.CharField(max_length=64, blank=True, db_index=True)
    reported_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account_id", "key"], name="one_sms_per_key"),)
        indexes = (models.Index(fields=["account_id", "number_hash", "created_at"], name="post_sms_by_number"),)


class Number(SealedModel):
    """A number at the gateway that only one account sends from, so that what comes to it is that account's."""

    vault_scope: ClassVar[str] = "account:account_id"

    account_id = models.UUIDField(unique=True)
    number = EncryptedTextField()
    number_index: Any = BlindIndexField(source="number", unique=True)
    created_at = models.DateTimeField(default=now, editable=False)


class Stop(models.Model):
    """Somebody's word to one account that they want no text messages; `started_at` is when they took it back."""

    account_id = models.UUIDField()
    number_hash = models.CharField(max_length=64)
    stopped_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account_id", "number_hash"], name="one_stop_per_number"),)


class StopForAll(models.Model):
    """The same word from a number that no account has texted: it then speaks to all of them."""

    number_hash = models.CharField(max_length=64, primary_key=True)
    stopped_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)


class Heard(models.Model):
    """That a gateway told us something once; what is told again is known by it and ignored."""

    event_hash = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=now)


class Incoming(SealedModel):
    """What a gateway told us, until it has been passed on: seconds, as a rule."""

    class Kind(models.TextChoices):
        REPORT = "report"
        TEXT = "text"

    vault_scope: ClassVar[str] = "install"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    gateway = models.CharField(max_length=40)
    told = EncryptedJSONField()
    created_at = models.DateTimeField(default=now, editable=False)
