"""Where a lead was sent, and what became of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel
from allonce.products.chat.leads.models.leads import Lead


class Delivery(SealedModel):
    """One lead on one way to one target, once. Mails and webhooks are carried by the post: `reference` is its row.

    `said` tells how far the conversation was (the number of its last words) in a transcript, 0 for all other ways.
    `status` is one word or an HTTP status. What the lead says is written anew at each try, never kept here.
    """

    class Way(models.TextChoices):
        MAIL = "mail", _("Mail")
        TRANSCRIPT = "transcript", _("Transcript")
        ADF_MAIL = "adf_mail", _("ADF by mail")
        ADF_POST = "adf_post", _("ADF by HTTP")
        WEBHOOK = "webhook", _("Webhook")
        VISITOR = "visitor", _("Transcript for the visitor")

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        DEAD = "dead", _("Not delivered")

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10, choices=Way.choices)
    target = EncryptedTextField()
    target_hash = models.CharField(max_length=64)
    said = models.PositiveBigIntegerField(default=0)
    reference = models.UUIDField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    status = models.CharField(max_length=40, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Delivery"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "way", "target_hash", "said"], name="chat_leads_delivered_once_to_a_target"
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="chat_leads_deliveries_open")]

    def __str__(self) -> str:
        return f"delivery {self.id}"
