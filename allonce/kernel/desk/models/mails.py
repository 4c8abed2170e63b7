"""Mails as they came: kept for thirty days, so that what could not be read is not lost."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import now
from allonce.kernel.desk.models.tickets import Ticket
from allonce.kernel.vault import BlindIndexField, EncryptedTextField, Scope, SealedModel
from allonce.kernel.vault.files import FileRef


class RawMail(SealedModel):
    """One mail, sealed with a key of its own. `digest` recognises the same mail that comes by two roads."""

    class State(models.TextChoices):
        TAKEN = "taken", _("On a ticket")
        UNREAD = "unread", _("Could not be read")
        STOPPED = "stopped", _("Stopped: answers by machine, loops, returned mail")

    vault_scope = "person:id"

    digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(default=now, db_index=True)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.UNREAD)
    why = models.CharField(max_length=24, blank=True, default="")
    sender = EncryptedTextField(default="")
    sender_index = BlindIndexField(source="sender", shared="address", db_index=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="mails")
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.UUIDField(null=True, blank=True)

    objects: ClassVar[models.Manager["RawMail"]] = models.Manager()

    @property
    def ref(self) -> FileRef:
        """Where the mail lies, byte for byte."""
        return FileRef(Scope("person", self.id), self.id, "mail")
