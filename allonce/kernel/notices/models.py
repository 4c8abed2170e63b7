"""What people were told, how they want to be told, and which daily letters went out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, SealedModel

# Stands for every kind that a person has not chosen about, those of services to come included.
EVERY_KIND = "*"


class Notice(SealedModel):
    """One notice to one person; its words are sealed with that person's key."""

    vault_scope = "person:person_id"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    words = EncryptedJSONField()
    created_at = models.DateTimeField(default=now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)
    in_app = models.BooleanField(default=True)
    for_digest = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["person", "created_at"]),
            models.Index(fields=["person"], condition=Q(read_at=None, in_app=True), name="notices_unread"),
            models.Index(fields=["person"], condition=Q(for_digest=True), name="notices_for_digest"),
        )


class Choice(models.Model):
    """How a person wants to hear of one kind of event."""

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day, together")
        OFF = "off", _("No mail")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=60)
    in_app = models.BooleanField(default=True)
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.AT_ONCE)
    push = models.BooleanField(default=False)
    chosen_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "kind"], name="notices_one_choice_per_kind"),)


class Digest(models.Model):
    """One person's daily letter of one day: the row that makes it one."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_digests")
    day = models.DateField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "day"], name="notices_one_digest_per_day"),)
