"""Whom we may hold choices of: people who sign in, and addresses of people who do not."""

import uuid

from django.db import models

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import BlindIndexField, EncryptedTextField, SealedModel


class Contact(models.Model):
    """The one record in which every choice of a person or an address ends.

    A person's address is their own, sealed with their key; only where there is no person does an Address hold it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, null=True, related_name="marketing_contact")
    created_at = models.DateTimeField(default=now, editable=False)


class Address(SealedModel):
    """The address of a contact that is nobody who signs in."""

    vault_scope = "install"

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="address")
    email = EncryptedTextField()
    email_index = BlindIndexField(source="email", shared="address", unique=True)


class OptInRequest(SealedModel):
    """Somebody typed this address into the newsletter's form; it joins only if its mailbox answers."""

    vault_scope = "install"

    email = EncryptedTextField()
    email_index = BlindIndexField(source="email", shared="address", db_index=True)
    purpose = models.CharField(max_length=60)
    wording = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=now, editable=False)
    used_at = models.DateTimeField(null=True, blank=True)
