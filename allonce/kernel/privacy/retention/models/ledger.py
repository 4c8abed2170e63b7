"""How much of the erasure ledger this database knows."""

from django.db import models


class LedgerMark(models.Model):
    """One row: the number of ledger lines whose erasure stands in this database, and the seal of the last."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    lines = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"ledger replayed to line {self.lines}"
