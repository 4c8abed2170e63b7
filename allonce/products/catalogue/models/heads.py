from django.db import models

from allonce.kernel.accounts.models import Account


class Catalogue(models.Model):
    """One account's price lists.

    `revision` rises with every edit of the draft; `version` is the published version that phones are to
    hold, 0 before the first.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveBigIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"catalogue {self.pk}"
