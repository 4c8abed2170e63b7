"""What is kept of a posted job: that it went, whither hashed, and what became of it. Nothing of what it said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account, Device, User
from allonce.kernel.vault import EncryptedTextField, SealedModel


class Delivery(SealedModel):
    """One mail of one revision of one job to one role, from the first claim to its last report.

    `label` is a job file of its own, holding only the document's number and the recipient's name, which the
    phone sealed to the account's key: the server keeps it and cannot open it.
    """

    class Role(models.TextChoices):
        CUSTOMER = "customer"
        SHOP = "shop"

    class State(models.TextChoices):
        SENDING = "sending"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        RETRY = "retry"
        UNCERTAIN = "uncertain"
        BOUNCED = "bounced"
        DELIVERED = "delivered"

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="deliveries")
    device = models.ForeignKey(Device, on_delete=models.SET_NULL, null=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    job_ref = models.UUIDField()
    revision = models.PositiveIntegerField()
    role = models.CharField(max_length=8, choices=Role.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SENDING)
    reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    created_at = models.DateTimeField()
    recipient_hash = models.CharField(max_length=64)
    message_hash = models.CharField(max_length=64, db_index=True)
    label = EncryptedTextField(null=True)
    sends = models.PositiveSmallIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = _("documents that were sent")
        constraints = (
            models.UniqueConstraint(
                fields=["account", "job_ref", "revision", "role"], name="one_delivery_per_role_of_a_revision"
            ),
        )
        indexes = (
            models.Index(fields=["account", "-at"], name="deliveries_latest"),
            models.Index(fields=["claimed_until"], condition=models.Q(state="sending"), name="deliveries_claimed"),
        )

    def __str__(self) -> str:
        return f"delivery {self.id}"
