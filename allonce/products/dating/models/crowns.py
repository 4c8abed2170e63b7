"""What Crowns bring about: suggestions to choose from, and waiting for a date at once."""

from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.products.dating.models.members import Member


class Suggestion(models.Model):
    """Somebody whom a member may choose for the noon of `day`; they stay the same until then, so none are drawn anew.

    The one chosen has `chosen_at` and, in `hold_id`, the Crowns set aside. While it `claims`, nobody else can choose
    either of the two; no other row of theirs knows of it before the noon, when it is settled.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="suggestions")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    noon = models.DateTimeField()
    place = models.PositiveSmallIntegerField()
    claims = models.BooleanField(default=False)
    chosen_at = models.DateTimeField(null=True, blank=True)
    hold_id = models.UUIDField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=now, db_index=True)

    objects: ClassVar[models.Manager["Suggestion"]] = models.Manager()

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["member", "day", "other"], name="dating_suggested_once"),
            models.UniqueConstraint(
                fields=["member", "day"], condition=~models.Q(chosen_at=None), name="dating_chosen_once"
            ),
            models.UniqueConstraint(
                fields=["other", "day"], condition=models.Q(claims=True), name="dating_claimed_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["noon"],
                condition=models.Q(settled_at=None) & ~models.Q(chosen_at=None),
                name="dating_choice_waits",
            ),
        ]


class InstantWait(models.Model):
    """A member waits for somebody who is here now, with the Crowns set aside. One row a member, used again."""

    class State(models.TextChoices):
        WAITING = "waiting"
        MET = "met"
        NOBODY = "nobody"

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="instant_wait")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    hold_id = models.UUIDField(null=True, blank=True)

    objects: ClassVar[models.Manager["InstantWait"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "met", "nobody"]), name="dating_instant_state_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "until"], name="dating_instant_waiting")]
