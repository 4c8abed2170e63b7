"""A selfie in a pose that was asked for, until a person has compared it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel
from allonce.products.dating.models.members import Member


class Selfie(SealedModel):
    """One a member. Its picture lies in the vault's files while it waits for a person, and at no other time."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        WAITING = "waiting", _("Being compared")
        ACCEPTED = "accepted", _("The same person")
        AGAIN = "again", _("Another one is needed")
        REFUSED = "refused", _("Not accepted")

    vault_scope = "person:person_id"

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="selfie")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    pose = EncryptedTextField()
    asked_at = models.DateTimeField(default=now, db_index=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Selfie"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "waiting", "accepted", "again", "refused"]),
                name="dating_selfie_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waiting") | models.Q(consented_at__isnull=False),
                name="dating_selfie_consented",
            ),
        ]

    def __str__(self) -> str:
        return f"selfie {self.id}"
