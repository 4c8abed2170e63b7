"""Passkeys (WebAuthn credentials) with which a person signs in or proves themselves again."""

from django.db import models

from allonce.kernel.accounts.models.people import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel


class Passkey(SealedModel):
    vault_scope = "person:person_id"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    name = EncryptedTextField()
    credential_id = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    transports = models.JSONField(default=list)
    backed_up = models.BooleanField(default=False)
    prf = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True)
