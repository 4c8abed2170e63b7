"""Newsletters, and which contact was sent which."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.kernel.legal.marketing.models.contacts import Contact


class Newsletter(models.Model):
    """One letter to everybody who may be sent it, in Markdown."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        STOPPED = "stopped", _("Stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=60)
    subject = models.CharField(max_length=150)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    started_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)


class Copy(models.Model):
    """That a newsletter was written to a contact: the row that makes it one mail."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="copies")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="copies")
    letter_id = models.UUIDField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["newsletter", "contact"], name="marketing_one_copy"),)
