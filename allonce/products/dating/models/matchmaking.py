"""What matchmakers looked at and chose: a person of the staff picks a pair, which begins at noon like any other."""

from typing import ClassVar

from django.db import models

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.products.dating.models.members import Member


class Shortlist(models.Model):
    """A matchmaker looks at a member and some who suit, for an hour, for a reason that each of them can read."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)
    made_at = models.DateTimeField(default=now, editable=False, db_index=True)

    objects: ClassVar[models.Manager["Shortlist"]] = models.Manager()


class Shortlisted(models.Model):
    """One of those who suit, as they were shown: each look at somebody is in the record."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="lines")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager["Shortlisted"]] = models.Manager()

    class Meta:
        ordering = ("place",)
        constraints = [models.UniqueConstraint(fields=["shortlist", "other"], name="dating_shortlisted_once")]


class Pick(models.Model):
    """The pair that a matchmaker chose for the noon of `day`. Until then neither of the two learns of it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    noon = models.DateTimeField()
    staff = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now, editable=False, db_index=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Pick"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "day"], name="dating_picked_for_once"),
            models.UniqueConstraint(fields=["other", "day"], name="dating_picked_once"),
        ]
        indexes = [models.Index(fields=["noon"], condition=models.Q(settled_at=None), name="dating_pick_waits")]
