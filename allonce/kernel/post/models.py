"""The outbox, what relays reported, and nothing that anybody wrote."""

from typing import Any, ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, SealedModel, shared_index


class OutboxMail(models.Model):
    """One letter's fate. What it says lies in a Content row beside it until the relay has taken it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        DELIVERED = "delivered"
        BOUNCED = "bounced"
        REFUSED = "refused"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=60)
    scope_kind = models.CharField(max_length=10)
    scope_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_hash = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["state", "created_at"]),)


class Content(SealedModel):
    """What a letter says and to whom; its id is the letter's. Gone once the letter is settled."""

    owner_id = models.UUIDField(db_index=True)
    created_at = models.DateTimeField(default=now, editable=False)
    mail = EncryptedJSONField()

    class Meta:
        abstract = True


class AccountContent(Content):
    """Of a letter that belongs to an account."""

    vault_scope: ClassVar[str] = "account:owner_id"


class PersonContent(Content):
    """Of a letter that belongs to a person."""

    vault_scope: ClassVar[str] = "person:owner_id"


class InstallContent(Content):
    """Of a letter that belongs to the installation: to somebody who has no account yet."""

    vault_scope: ClassVar[str] = "install"

    address_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, keeping the hash in step by which the reader's rights find the letter."""
        self.address_hash = self.hash_of(str(self.mail.get("to", "")))
        super().save(*args, **kwargs)

    @staticmethod
    def hash_of(address: str) -> str:
        """The index that all tables share which name somebody by address alone."""
        return shared_index("address", address)


class RelayName(models.Model):
    """What a relay calls a mail in its reports, where that is not our Message-ID. Both hashed."""

    relay_hash = models.CharField(max_length=64, primary_key=True)
    message_hash = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()


class DeliveryEvent(models.Model):
    """One report of a relay, reduced: no recipient, no words, no address."""

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        DEFERRED = "deferred"
        DELIVERED = "delivered"
        BOUNCED = "bounced"

    event_hash = models.CharField(max_length=64, unique=True)
    message_hash = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
