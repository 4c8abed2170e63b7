"""Accounts of another service that people sign in with."""

from django.db import models

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now


class ProviderLink(models.Model):
    """One person, one account elsewhere, known again by a keyed hash of its id; the id itself is kept nowhere."""

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="dating_provider_link")
    mark = models.CharField(max_length=64, unique=True)
    linked_at = models.DateTimeField(default=now, editable=False)
