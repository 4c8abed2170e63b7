"""A change of ownership: who is told, and who objects to their data going along."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now


class Transfer(models.Model):
    """The business goes to somebody else on a day; everybody is told beforehand and may object."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        CANCELLED = "cancelled", _("Called off")
        DONE = "done", _("Handed over")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    new_owner = models.CharField(max_length=200)
    transfer_on = models.DateField()
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.UUIDField()
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.UUIDField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="announced"), name="one_announced_transfer_at_a_time"
            ),
        ]


class TransferNotice(models.Model):
    """This person was told of this transfer, once."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["transfer", "person"], name="told_once_of_a_transfer")]


class TransferObjection(models.Model):
    """This person's data does not go along."""

    class Channel(models.TextChoices):
        PAGE = "page", _("Signed in")
        LINK = "link", _("Link in the letter")

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="objections")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=4, choices=Channel.choices)
    objected_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["transfer", "person"], name="one_objection_to_a_transfer")
        ]
