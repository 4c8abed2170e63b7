"""Where a Client wants its leads."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account
from allonce.kernel.vault import EncryptedTextField, SealedModel


class LeadSettings(SealedModel):
    """Addresses by kind, each several with a semicolon between; an empty one switches its kind off.

    `awaiting_hour` is the hour (0 to 23) in the Client's zone at which the list of those who wait for an answer
    leaves, `awaiting_sent_on` the local day on which it last did. The Client's own word stands before or after the
    Provider's name in ADF.
    """

    class Position(models.TextChoices):
        BEFORE = "before", _("Before the name")
        AFTER = "after", _("After the name")

    vault_scope = "account:account_id"

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    lead_addresses = EncryptedTextField(blank=True, default="")
    transcript_addresses = EncryptedTextField(blank=True, default="")
    awaiting_addresses = EncryptedTextField(blank=True, default="")
    adf_addresses = EncryptedTextField(blank=True, default="")
    adf_url = EncryptedTextField(blank=True, default="")
    adf_word = models.CharField(max_length=40, blank=True, default="")
    adf_position = models.CharField(max_length=6, choices=Position.choices, default=Position.BEFORE)
    agents_get_transcripts = models.BooleanField(default=True)
    awaiting_hour = models.PositiveSmallIntegerField(default=20)
    awaiting_sent_on = models.DateField(null=True, blank=True, editable=False)

    objects: ClassVar[models.Manager["LeadSettings"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(awaiting_hour__lte=23), name="chat_leads_hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"lead settings {self.id}"


def addresses(text: str) -> list[str]:
    """The mail addresses in a setting, each once, in their order."""
    return list(dict.fromkeys(each.strip() for each in text.split(";") if each.strip()))
