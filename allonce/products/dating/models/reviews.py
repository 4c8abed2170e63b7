"""That two members met in person, and what each says of it in confidence."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import now
from allonce.kernel.messaging.ids import time_ordered
from allonce.kernel.vault import EncryptedJSONField, EncryptedTextField, SealedModel
from allonce.products.dating.models.dates import Match
from allonce.products.dating.models.members import Member


class Meeting(models.Model):
    """One of a match `said` that they met, or (`planned`) the day of a plan of theirs is over."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="meetings")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    said = models.BooleanField(default=False)
    planned = models.BooleanField(default=False)
    at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[models.Manager["Meeting"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["match", "by"], name="dating_meeting_said_once")]


class Review(SealedModel):
    """What one says of a real date, sealed with their own key. It counts once a person has read and accepted it.

    `answers` is {"met", "photos", "safe", "again"}, each "yes", "no" or "unsure". Whom it is about never learns of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Being read")
        COUNTED = "counted", _("Counts")
        LEFT = "left", _("Does not count")

    vault_scope = "person:owner_id"

    id = models.UUIDField(primary_key=True, default=time_ordered, editable=False)
    owner_id = models.UUIDField()
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="reviews")
    about = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    answers = EncryptedJSONField(default=dict)
    words = EncryptedTextField(default="")
    at = models.DateTimeField(default=now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects: ClassVar[models.Manager["Review"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "about"], name="dating_reviewed_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "counted", "left"]), name="dating_review_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.id}"

    @property
    def warns(self) -> bool:
        """Whether it says that somebody was not safe, or not whom the photos show."""
        return "no" in (self.answers.get("safe"), self.answers.get("photos"))
