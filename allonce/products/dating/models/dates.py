"""Dates, what each side made of them, and the matches that came of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import now
from allonce.kernel.messaging.ids import time_ordered
from allonce.kernel.vault import EncryptedBytesField, EncryptedJSONField, SealedModel
from allonce.products.dating.models.members import Member


class DailyRun(models.Model):
    """That the pairs of a day were made for a time zone. Made once; a killed run is taken up where it stopped."""

    zone = models.CharField(max_length=40)
    day = models.DateField()
    started_at = models.DateTimeField(default=now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    active = models.PositiveIntegerField(default=0)
    paired = models.PositiveIntegerField(default=0)
    gap_ppm = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "day"], name="dating_one_run_a_day")]


class PairingEntry(SealedModel):
    """What the daily run needs of one member, packed, under the installation's key so that one key opens all."""

    vault_scope = "install"

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="pairing_entry")
    packed = EncryptedBytesField()
    changed_at = models.DateTimeField(default=now)


class Met(models.Model):
    """Two members who were each other's date once: they are not chosen for each other again."""

    low = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="dating_meet_once"),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="dating_low_before_high"),
        ]


class Date(SealedModel):
    """One member's side of a date: whom they see until `ends_at`, why, and what they made of it.

    `reasons` are codes. What this side did is never read for the other side except by the rules in `services/dates`.
    """

    class Kind(models.TextChoices):
        DAILY = "daily", _("Of the day")
        INSTANT = "instant", _("At once")

    vault_scope = "person:owner_id"

    owner_id = models.UUIDField()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="dates")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.DAILY)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reasons = EncryptedJSONField(default=list)
    opened_at = models.DateTimeField(null=True, blank=True)
    liked_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Date"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "day"], condition=~models.Q(kind="instant"), name="dating_one_date_a_day"
            ),
            models.UniqueConstraint(fields=["member", "other"], name="dating_each_other_once"),
            models.CheckConstraint(
                condition=models.Q(liked_at=None) | models.Q(passed_at=None), name="dating_like_or_pass"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=["daily", "instant"]), name="dating_date_kind_known"),
        ]
        indexes = [
            models.Index(fields=["member", "ends_at"], name="dating_current"),
            models.Index(fields=["day"], name="dating_by_day"),
        ]

    def __str__(self) -> str:
        return f"date {self.id}"


class Match(models.Model):
    """Two members who may write to each other, until one ends it. Its id is its stream's and its key's.

    Most like each other. Where one wrote first, `opened_by` is that one, and until the other answered
    (`answered_at`) there is their one message and nothing else. `declined_at` is known to the other alone.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered, editable=False)
    low = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    last_at = models.DateTimeField(default=now)
    opened_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    # Kept as evidence: neither of the two sees it, and neither can end it.
    held = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Match"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="dating_match_once"),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="dating_match_low_before_high"),
        ]

    def __str__(self) -> str:
        return f"match {self.id}"

    def other_than(self, member: Member) -> Member:
        """The other side."""
        return self.high if self.low_id == member.id else self.low

    def waits_for(self, member: Member) -> bool:
        """Whether the other wrote first, and it is this member's turn to answer."""
        return not self.is_mutual and self.opened_by_id != member.id

    def was_opened_by(self, member: Member) -> bool:
        """Whether this member wrote first, and has no answer yet."""
        return not self.is_mutual and self.opened_by_id == member.id

    @property
    def is_mutual(self) -> bool:
        """Whether both have said yes, by a Like or by an answer."""
        return self.opened_by_id is None or self.answered_at is not None

    def writer(self, seat: str) -> Member:
        """Whose seat in the stream it is."""
        return self.low if self.low.seat == seat else self.high
