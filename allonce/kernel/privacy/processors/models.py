"""Third parties that may get data, each with every version of what was agreed and found, and what accounts allow."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import now


class Processor(models.Model):
    """A company that works with data on the Operator's behalf. What is known of it stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)


class Safeguard(models.TextChoices):
    """What protects data in the processor's country (UK GDPR Articles 45 and 46)."""

    NONE_NEEDED = "none_needed", _("None needed: within the agreed regions")
    ADEQUACY = "adequacy", _("Adequacy decision")
    CLAUSES = "clauses", _("Standard contractual clauses")


class Outcome(models.TextChoices):
    """What the assessment found."""

    SUITABLE = "suitable", _("Suitable")
    UNSUITABLE = "unsuitable", _("Not suitable")


class ProcessorVersion(models.Model):
    """What is known of a processor from one moment on. Never changed: a change is a new version."""

    processor = models.ForeignKey(Processor, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    data = models.JSONField(default=list)
    country = models.CharField(max_length=2)
    connectors = models.JSONField(default=list)
    safeguard = models.CharField(max_length=12, choices=Safeguard.choices)
    safeguard_date = models.DateField(null=True, blank=True)
    safeguard_reference = models.CharField(max_length=200, blank=True)
    agreement_date = models.DateField()
    agreement_reference = models.CharField(max_length=200)
    assessed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    assessed_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    valid_until = models.DateField()
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["processor", "number"], name="one_version_per_number"),)


class AccountRegions(models.Model):
    """Where an account's owner agreed that its data may lie and go, in place of the installation's own regions."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="regions")
    regions = models.JSONField(default=list)
    agreed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(default=now)
