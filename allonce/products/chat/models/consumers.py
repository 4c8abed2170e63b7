"""Consumers: visitors as one Client knows them. A visitor of two Clients is two rows that nothing connects."""

from typing import ClassVar

from django.db import models

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel
from allonce.products.chat.fields import ClientIndexField, digits


class Consumer(SealedModel):
    """Somebody who wrote to a Client, with what they gave of themselves, which may be nothing.

    While `blocked_at` is set, a person at the Client does not want to hear from them.
    """

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = EncryptedTextField(null=True, blank=True)
    email = EncryptedTextField(null=True, blank=True)
    phone = EncryptedTextField(null=True, blank=True)
    email_index = ClientIndexField(source="email")
    phone_index = ClientIndexField(source="phone", normalise=digits)
    created_at = models.DateTimeField(default=now, editable=False)
    last_at = models.DateTimeField(default=now)
    blocked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Consumer"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "email_index"], name="chat_consumer_email"),
            models.Index(fields=["account", "phone_index"], name="chat_consumer_phone"),
            models.Index(fields=["account", "last_at"], name="chat_consumer_last"),
        ]

    def __str__(self) -> str:
        return f"consumer {self.id}"
