"""What the sweeps did: counts by table and rule, and nothing of what went."""

from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now


class SweepRun(models.Model):
    """One sweep of everything; `as_of` is the moment it judges by, also when it goes on after a stop."""

    as_of = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sweep {self.pk}"


class SweepCount(models.Model):
    """How many rows of one table went, or lost fields, by one rule; counted in the transaction that took them."""

    class Action(models.TextChoices):
        DELETE = "delete"
        NULL = "null"
        FOLLOW = "follow"

    run = models.ForeignKey(SweepRun, on_delete=models.CASCADE, related_name="counts")
    table = models.CharField(max_length=120)
    rule = models.CharField(max_length=40)
    action = models.CharField(max_length=6, choices=Action.choices)
    rows = models.PositiveBigIntegerField(default=0)
    held = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "table", "rule", "action"], name="one_count_of_a_rule_in_a_sweep"),
        ]
