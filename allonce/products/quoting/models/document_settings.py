"""How an account's documents look and what they say."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.vault import EncryptedBytesField, EncryptedJSONField, SealedModel


class DocumentSettings(SealedModel):
    """One row an account. `brand` holds the fields of documents.contract.Brand; `logo` is PNG or JPEG."""

    vault_scope = "account:account_id"

    account = models.OneToOneField("accounts.Account", on_delete=models.CASCADE, related_name="+")
    brand = EncryptedJSONField(default=dict)
    logo = EncryptedBytesField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = _("how documents look")
