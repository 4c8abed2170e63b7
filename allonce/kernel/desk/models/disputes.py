"""What a dispute has beyond a ticket."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import StaffLook
from allonce.kernel.clock import today
from allonce.kernel.desk.models.tickets import Ticket
from allonce.kernel.vault import EncryptedTextField, SealedModel


class Dispute(SealedModel):
    """Raised in writing within fourteen days, investigated within seven working days (terms, 12).

    A late one is `late` and waits for a person who takes it or not. `access` is the sender's word that staff may
    look at what the case needs; it ends with the case.
    """

    class Outcome(models.TextChoices):
        RECOVERY = "recovery", _("What was lost is recovered")
        CREDIT = "credit", _("A credit")
        REFUND = "refund", _("A refund")
        UNFOUNDED = "unfounded", _("Nothing was found to put right")
        NONE = "none", _("No agreement: mediation")
        NOT_TAKEN = "not_taken", _("Not taken, as it came too late")

    vault_scope = "person:ticket_id"

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="dispute")
    happened_on = models.DateField()
    raised_on = models.DateField(default=today)
    due_on = models.DateField()
    late = models.BooleanField(default=False)
    taken_by = models.UUIDField(null=True, blank=True)
    access = models.BooleanField(default=False)
    access_ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True, default="")
    reasons = EncryptedTextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("raised_on")), name="disputes_fall_due_later"
            ),
        ]

    @property
    def waits_to_be_taken(self) -> bool:
        """Late, and nobody has said yet whether it is taken all the same."""
        return self.late and self.taken_by is None and not self.outcome


class DisputeLook(models.Model):
    """A look into the account that was taken for a case, so that it can end with it."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="looks")
    look = models.ForeignKey(StaffLook, on_delete=models.CASCADE, related_name="dispute_looks")
