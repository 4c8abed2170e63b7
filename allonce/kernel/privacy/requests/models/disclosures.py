"""What was given to an authority because the law demanded it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, Scope, SealedModel


class Disclosure(SealedModel):
    """One disclosure, with a key of its own. `staff_id` made it; `second_id` agreed where four eyes are wanted."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        GIVEN = "given", _("Given")
        DROPPED = "dropped", _("Not given")

    vault_scope = "person:id"

    authority = EncryptedTextField()
    legal_basis = EncryptedTextField()
    reference = EncryptedTextField(default="")
    scope_asked = EncryptedTextField()
    scope_given = EncryptedTextField()
    left_out = EncryptedTextField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="disclosures")
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="disclosures")
    staff_id = models.UUIDField()
    four_eyes = models.BooleanField(default=False)
    second_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    recorded_at = models.DateTimeField(default=now, editable=False)
    given_at = models.DateTimeField(null=True, blank=True)
    file_type = models.CharField(max_length=20, blank=True, default="")
    file_size = models.PositiveIntegerField(default=0)
    file_digest = models.CharField(max_length=64, blank=True, default="")
    withheld_because = EncryptedTextField(default="")
    withheld_until = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(second_id=None) | ~models.Q(second_id=models.F("staff_id")),
                name="four_eyes_are_two_people",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="given", four_eyes=True, second_id=None), name="given_only_once_both_agreed"
            ),
        ]

    @property
    def scope(self) -> Scope:
        """The key that the record and the copy of what was given are sealed with."""
        return Scope("person", self.id)

    @property
    def is_withheld(self) -> bool:
        """Whether the law still forbids to tell those concerned."""
        return self.withheld_until is not None and self.told_at is None
