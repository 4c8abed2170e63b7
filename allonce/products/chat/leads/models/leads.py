"""Leads: one of each conversation, which holds everything that is known of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel
from allonce.products.chat.models import Consumer, Conversation


class Lead(SealedModel):
    """Somebody asked one Client for something, and how far the Client is with it.

    A duplicate names the lead it belongs to, always of the same account; `state_before` is what it was, so that
    the merging can be undone. `note` is the Client's own.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        DELIVERED = "delivered", _("Delivered")
        CONTACTED = "contacted", _("Contacted")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")
        DUPLICATE = "duplicate", _("Duplicate")

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="lead")
    consumer = models.ForeignKey(Consumer, on_delete=models.CASCADE, related_name="leads")
    kind = models.CharField(max_length=7, choices=Conversation.Channel.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.NEW)
    state_before = models.CharField(max_length=9, blank=True, default="")
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="duplicates"
    )
    note = EncryptedTextField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now)

    objects: ClassVar[models.Manager["Lead"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "created_at"], name="chat_leads_by_age"),
            models.Index(fields=["account", "state", "created_at"], name="chat_leads_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["new", "delivered", "contacted", "won", "lost", "duplicate"]),
                name="chat_lead_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"lead {self.id}"

    @property
    def is_duplicate(self) -> bool:
        return self.state == self.State.DUPLICATE
