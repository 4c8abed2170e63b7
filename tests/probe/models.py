from django.db import models

from allonce.kernel.vault import (
    BlindIndexField,
    EncryptedBytesField,
    EncryptedJSONField,
    EncryptedTextField,
    SealedModel,
)


class Letter(SealedModel):
    """A row of an account."""

    objects: models.Manager["Letter"] = models.Manager()

    vault_scope = "account:account_id"

    account_id = models.UUIDField()
    subject = EncryptedTextField()
    body = EncryptedJSONField(null=True)
    seal = EncryptedBytesField(null=True)


class Penfriend(SealedModel):
    """A private person."""

    objects: models.Manager["Penfriend"] = models.Manager()

    vault_scope = "person:id"

    email = EncryptedTextField()
    email_index = BlindIndexField(source="email", unique=True)


class Notice(SealedModel):
    """A row of the installation."""

    objects: models.Manager["Notice"] = models.Manager()

    vault_scope = "install"

    text = EncryptedTextField()


class Invoice(SealedModel):
    """A paper of an account that tax law keeps for six years."""

    objects: models.Manager["Invoice"] = models.Manager()

    vault_scope = "account:account_id"

    account_id = models.UUIDField()
    issued_at = models.DateTimeField()
    words = EncryptedTextField()
    memo = EncryptedTextField(null=True)


class Visit(SealedModel):
    """A row of a person of which a part is forgotten after a month, and the rest after a year."""

    objects: models.Manager["Visit"] = models.Manager()

    vault_scope = "person:person_id"

    person = models.ForeignKey("accounts.Person", db_constraint=False, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    address = EncryptedTextField(null=True)
    purpose = EncryptedTextField()


class Remark(models.Model):
    """Hangs on a visit and goes with it."""

    objects: models.Manager["Remark"] = models.Manager()

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE)


class Effect(models.Model):
    """What a job left behind; `mark` shows how often."""

    objects: models.Manager["Effect"] = models.Manager()

    mark = models.CharField(max_length=64)
