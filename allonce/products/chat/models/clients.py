"""Clients: Merchants, whom Consumers write to, and Providers, on whose sites Merchants are listed."""

import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import BusinessHours, now
from allonce.products.chat.hours import business_hours


def public_id() -> str:
    """A name for addresses that tells nothing and cannot be guessed: 96 random bits."""
    return secrets.token_urlsafe(12)


class ChatClient(models.Model):
    """How one account uses Chat. Durations are in seconds and minutes as named, days for retention.

    `hours` is {"0": ["09:00", "17:30"], ...} by weekday (Monday is 0) in `zone`; empty means always open. After
    `ring_seconds` without an agent, or `leave_seconds` without the visitor, a conversation is handed to mail.
    """

    class Kind(models.TextChoices):
        MERCHANT = "merchant", _("Merchant")
        PROVIDER = "provider", _("Provider")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="chat_client")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    shown_name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64, default="Europe/London")
    nation = models.CharField(max_length=3, default="ENG")
    language = models.CharField(max_length=12, default="en")
    notice = models.TextField(blank=True, default="")
    notice_url = models.CharField(max_length=500, blank=True, default="")
    hours = models.JSONField(default=dict, blank=True)
    open_on_holidays = models.BooleanField(default=False)
    ring_seconds = models.PositiveIntegerField(default=120)
    leave_seconds = models.PositiveIntegerField(default=90)
    away_minutes = models.PositiveIntegerField(default=10)
    blocked_words = models.JSONField(default=list, blank=True)
    retention_days = models.PositiveIntegerField(default=365)
    white_label = models.BooleanField(default=False)
    console_stream = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["merchant", "provider"]), name="chat_client_kind"),
            models.CheckConstraint(
                condition=models.Q(retention_days__gte=1, retention_days__lte=3660), name="chat_client_keeps_ten_years"
            ),
        ]

    def __str__(self) -> str:
        return f"chat client {self.id}"

    @property
    def is_merchant(self) -> bool:
        return self.kind == self.Kind.MERCHANT

    def opening(self) -> BusinessHours | None:
        """The hours in which somebody may be there; None means always."""
        return business_hours(self.hours, self.zone, self.nation, self.open_on_holidays)


class ProviderMerchant(models.Model):
    """A Merchant as a Provider lists it, under the Provider's own number for it. The row is the Provider's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    merchant_account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    external_id = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=now, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "external_id"], name="chat_one_merchant_per_number"),
        ]

    def __str__(self) -> str:
        return f"listing of merchant {self.merchant_account_id}"
