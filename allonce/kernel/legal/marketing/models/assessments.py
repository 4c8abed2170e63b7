"""Assessments of legitimate interests, each version kept."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now, today


class Assessment(models.Model):
    """One version of the assessment whether a purpose may stand on a legitimate interest; never edited."""

    class Outcome(models.TextChoices):
        PROCEED = "proceed", _("It may be relied on")
        REFRAIN = "refrain", _("It may not be relied on")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    interest = models.TextField()
    necessity = models.TextField()
    balancing = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reviewed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reviewed_on = models.DateField(default=today)
    review_by = models.DateField()
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["purpose", "version"], name="marketing_assessment_version"),)

    @property
    def holds(self) -> bool:
        """Whether it may be relied on today, if no later version says otherwise."""
        return self.outcome == self.Outcome.PROCEED and self.review_by >= today()
