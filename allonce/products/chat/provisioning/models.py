"""What a Provider prepares for the businesses it lists, and what it asked those that have an account already."""

import uuid
from typing import ClassVar

from django.db import models

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now


class Profile(models.Model):
    """Default settings with which a Provider opens accounts for businesses, found by its name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=60)
    zone = models.CharField(max_length=64, default="Europe/London")
    retention_days = models.PositiveIntegerField(default=365)
    ring_seconds = models.PositiveIntegerField(default=120)
    notice = models.TextField(blank=True, default="")
    notice_url = models.CharField(max_length=500, blank=True, default="")
    adf_word = models.CharField(max_length=40, blank=True, default="")
    adf_position = models.CharField(max_length=6, default="before")

    objects: ClassVar[models.Manager["Profile"]] = models.Manager()

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["account", "title"], name="chat_profile_of_a_title")]

    def __str__(self) -> str:
        return f"profile {self.id}"


class ListingOffer(models.Model):
    """A Provider wants to list a business that has an account of its own: its people decide. The row is theirs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    provider_id = models.UUIDField()
    provider_title = models.CharField(max_length=120)
    external_id = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["ListingOffer"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "provider_id", "external_id"], name="chat_one_offer_per_number"),
        ]

    def __str__(self) -> str:
        return f"offer {self.id}"
