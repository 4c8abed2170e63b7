"""Requests about data that an account controls, passed on to that account."""

from typing import ClassVar

from django.db import models

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.kernel.privacy.requests.models.asked import RightsRequest
from allonce.kernel.vault import EncryptedTextField, SealedModel


class Referral(SealedModel):
    """What the account needs to answer, sealed with its own key."""

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="referrals")
    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="referrals")
    reference = models.CharField(max_length=12)
    name = EncryptedTextField()
    email = EncryptedTextField()
    words = EncryptedTextField()
    passed_at = models.DateTimeField(default=now)
    passed_by = models.UUIDField()
    answer_by = models.DateField()
    answer = EncryptedTextField(default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "request"], name="passed_on_once_to_an_account"),
        ]
