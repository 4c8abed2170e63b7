"""What each member of the Operator's staff may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models.people import Person
from allonce.kernel.clock import now


class Duty(models.TextChoices):
    """A kind of work at the Operator's console. None includes another."""

    SUPPORT = "support", _("Support")
    MODERATION = "moderation", _("Moderation")
    MATCHMAKING = "matchmaking", _("Matchmaking")
    BILLING = "billing", _("Billing")
    PRIVACY = "privacy", _("Privacy")
    ADMIN = "admin", _("Administration")


class StaffDuty(models.Model):
    """A duty that a member of staff holds until it is withdrawn. It ends with their membership, too."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="staff_duties")
    duty = models.CharField(max_length=12, choices=Duty.choices)
    granted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(default=now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "staff duties"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "duty"], condition=models.Q(withdrawn_at=None), name="one_standing_duty_of_a_kind"
            ),
            models.CheckConstraint(condition=models.Q(duty__in=Duty.values), name="staff_duty_known"),
        ]
