"""Suspensions, bars and plans that a trusted person may see."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from allonce.kernel.clock import now
from allonce.kernel.messaging.ids import time_ordered
from allonce.kernel.vault import EncryptedBytesField, EncryptedTextField, SealedModel
from allonce.products.dating.models.dates import Match
from allonce.products.dating.models.members import Member


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    """Suspensions by what they do now."""

    def in_force(self) -> "SuspensionQuerySet":
        """Those that keep a member out now: for their month, or for good."""
        return self.filter(Q(closed_at__isnull=False) | Q(until__gt=now()), ended_at=None)


class Suspension(SealedModel):
    """A member's way through a breach, a time for each step: suspended, explained, then ended or closed for good."""

    vault_scope = "person:person_id"

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="suspensions")
    started_at = models.DateTimeField(default=now)
    answer_by = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    explanation = EncryptedTextField(null=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SuspensionQuerySet] = SuspensionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(closed_at__isnull=False, ended_at=None), name="dating_closed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"suspension {self.id}"


class Bar(SealedModel):
    """Somebody may not join again before `until`. A keyed hash of an address, a number or an account elsewhere, or a
    photo's sealed print.

    Nothing here says who it is; `case` is what an upheld appeal undoes it by. It outlives the member it came from.
    """

    class Kind(models.TextChoices):
        MAIL = "mail"
        PHONE = "phone"
        PHOTO = "photo"
        PROVIDER = "provider"

    vault_scope = "install"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    mark = models.CharField(max_length=64, blank=True, default="", db_index=True)
    print = EncryptedBytesField(null=True)
    case = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField(default=now, editable=False)
    until = models.DateField(db_index=True)

    objects: ClassVar[models.Manager["Bar"]] = models.Manager()

    def __str__(self) -> str:
        return f"bar {self.id}"


class DatePlan(SealedModel):
    """Where and when somebody meets a match, for one person they trust to read by a link, until the day after."""

    vault_scope = "person:person_id"

    id = models.UUIDField(primary_key=True, default=time_ordered, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="plans")
    # Which match it is, where the member says so; the other never learns of it.
    match = models.ForeignKey(Match, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    where = EncryptedTextField()
    meets = EncryptedTextField()
    with_name = EncryptedTextField()
    at = models.DateTimeField(default=now, editable=False)
    ends_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["DatePlan"]] = models.Manager()

    def __str__(self) -> str:
        return f"plan {self.id}"
