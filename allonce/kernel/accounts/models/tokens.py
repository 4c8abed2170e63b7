"""What stands behind links mailed to people. The links themselves are signed and stored nowhere."""

from django.db import models

from allonce.kernel.accounts.models.organisations import Account
from allonce.kernel.accounts.models.people import Person
from allonce.kernel.vault import BlindIndexField, EncryptedTextField, SealedModel


class MailedToken(SealedModel):
    """A link mailed to a person: to choose a new password, or to prove a new address."""

    class Purpose(models.TextChoices):
        RESET = "reset"
        PERSON_EMAIL = "person"
        ACCOUNT_EMAIL = "account"

    vault_scope = "person:person_id"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mailed_tokens")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    email = EncryptedTextField(blank=True, default="")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class SignUpRequest(SealedModel):
    """Somebody wants to open an account; nothing else is kept until the mailed link is opened."""

    vault_scope = "install"

    email = EncryptedTextField()
    address_index = BlindIndexField(source="email", shared="address", null=True, db_index=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
