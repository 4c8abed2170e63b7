"""Keys with which a Client's own systems and partners use the API."""

import uuid

from django.db import models

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import now


class ApiKey(models.Model):
    """Shown once when it is made; only a hash of it stays. It opens one account's API."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    secret_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"api key {self.id}"
