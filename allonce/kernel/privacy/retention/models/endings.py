"""Agreements that ended, and how far their accounts have gone. Ids and times only: this outlives the account."""

from typing import ClassVar

from django.db import models

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, SealedModel


class AccountEnding(models.Model):
    """One account's way out. Each time is written once its step is done, so that a step cut short is done again."""

    # Not named account_id, since this row is the tombstone and must not go with what belongs to the account.
    ended_id = models.UUIDField(db_index=True)
    asked_by = models.UUIDField()
    started_at = models.DateTimeField(default=now)
    # Ids of the entitlements that were withdrawn, so that taking it back gives exactly these again.
    withdrawn = models.JSONField(default=list)
    warned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    key_destroyed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["ended_id"], condition=models.Q(undone_at=None), name="one_ending_of_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"ending {self.pk}"


class Farewell(SealedModel):
    """The last mail to somebody who answered for the account, written while its name could still be read."""

    vault_scope = "person:person_id"

    ending = models.ForeignKey(AccountEnding, on_delete=models.CASCADE, related_name="farewells")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = EncryptedJSONField()
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["ending", "person"], name="one_farewell_to_a_person"),)
