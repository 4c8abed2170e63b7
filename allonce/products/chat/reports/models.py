"""What a Provider learns of the Merchants that it lists: numbers by month, and nothing of any conversation."""

from django.db import models

from allonce.kernel.accounts.models import Account


class ProviderFigure(models.Model):
    """How often something came of a Provider's visitors at one Merchant in one month (its first day, UTC)."""

    class Kind(models.TextChoices):
        ANSWERED = "answered"
        MISSED = "missed"
        OFFLINE = "offline"
        LEAD = "lead"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    merchant_id = models.UUIDField()
    month = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "merchant_id", "month", "kind"], name="chat_reports_one_figure_per_month"
            ),
        ]

    def __str__(self) -> str:
        return f"figure {self.pk}"
