"""The account's key: public halves, and private halves sealed so that only their holders open them."""

from django.db import models

from allonce.kernel.accounts.models.organisations import Account
from allonce.kernel.accounts.models.people import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel


class AccountKey(models.Model):
    """One generation of an account's key. `succession` proves that a holder of the one before made it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="account_keys")
    generation = models.PositiveIntegerField()
    public_key = models.JSONField()
    succession = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "generation"], name="one_key_per_generation"),
            models.CheckConstraint(condition=models.Q(generation__gte=1), name="generations_start_at_one"),
        ]


class KeyHolder(SealedModel):
    """A passkey or the printed code: its public key, and its private key locked by what only it knows."""

    class Kind(models.TextChoices):
        PASSKEY = "passkey"
        RECOVERY = "recovery"

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="key_holders")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    holder_id = models.CharField(max_length=1400)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    public_key = models.JSONField()
    locked = EncryptedTextField()
    made_at = models.DateTimeField(default=now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "holder_id"],
                condition=models.Q(removed_at=None),
                name="one_holder_of_its_name",
            ),
        ]


class KeyWrap(SealedModel):
    """A generation's private key, sealed to one holder."""

    class HolderKind(models.TextChoices):
        DEVICE = "device"
        PASSKEY = "passkey"
        RECOVERY = "recovery"
        NEXT = "next"

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="key_wraps")
    account_key = models.ForeignKey(AccountKey, on_delete=models.CASCADE, related_name="wraps")
    holder_kind = models.CharField(max_length=8, choices=HolderKind.choices)
    holder_id = models.CharField(max_length=1400)
    wrapped = EncryptedTextField()
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_key", "holder_kind", "holder_id"], name="one_wrap_per_holder"),
        ]
