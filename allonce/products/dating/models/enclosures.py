"""Pictures and voice notes in the conversation of a match."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import now
from allonce.kernel.messaging.ids import time_ordered
from allonce.products.dating.models.dates import Match
from allonce.products.dating.models.members import Member


class Enclosure(models.Model):
    """A picture or a voice note, handed in before it is sent: the entry of the same sender and cid says it.

    Its bytes lie in the vault's files under the match's key. `shown_at` is the other side's: when they first had a
    picture of this member shown, which is blurred until then. It is told to nobody.
    """

    class Sort(models.TextChoices):
        PICTURE = "picture", _("Picture")
        VOICE = "voice", _("Voice note")

    id = models.UUIDField(primary_key=True, default=time_ordered, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="enclosures")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    cid = models.UUIDField()
    sort = models.CharField(max_length=7, choices=Sort.choices)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=now, editable=False)
    shown_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Enclosure"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "member", "cid"], name="dating_enclosed_once"),
            models.CheckConstraint(condition=models.Q(sort__in=["picture", "voice"]), name="dating_enclosure_known"),
        ]

    def __str__(self) -> str:
        return f"enclosure {self.id}"
