"""What people decided about their data, and how far an erasure has come."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now


class LimitQuerySet(models.QuerySet["Limit"]):
    def standing(self) -> "LimitQuerySet":
        """Those that hold now; one that staff lift holds until its day, of which the person was told."""
        return self.filter(models.Q(lifted_at=None) | models.Q(lifted_at__gt=now()))


LimitManager = models.Manager.from_queryset(LimitQuerySet)


class Limit(models.Model):
    """A restriction (Article 18) or an objection to one purpose (Article 21). Holds until `lifted_at`."""

    class Kind(models.TextChoices):
        RESTRICTION = "restriction", _("Restriction")
        OBJECTION = "objection", _("Objection")

    class Ground(models.TextChoices):
        """Why a restriction is wanted; the letters of Article 18(1)."""

        ACCURACY = "accuracy", _("Something held of me is wrong and is being checked")
        UNLAWFUL = "unlawful", _("It should not be used, but I do not want it erased")
        CLAIMS = "claims", _("I need it kept for a claim")
        OBJECTION = "objection", _("I object, and the answer is not there yet")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="limits")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    purpose = models.CharField(max_length=40, blank=True)
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)
    lifted_at = models.DateTimeField(null=True)

    objects: ClassVar[LimitManager["Limit"]] = LimitManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "kind", "purpose"], condition=models.Q(lifted_at=None), name="one_standing_limit"
            ),
        )


class Erasure(models.Model):
    """One erasure on its way, and afterwards its tombstone: a mark that names nobody, and counts.

    `subject_id` stands here only until the erasure is done, so that a killed one can be resumed.
    """

    class State(models.TextChoices):
        """Each step is safe to repeat; the next one begins only when the one before is on the disk."""

        WAITING = "waiting", _("Waits for a hold to end")
        INTENDED = "intended", _("Begun")
        ROWS_GONE = "rows_gone", _("Rows removed")
        DONE = "done", _("Done")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.CharField(max_length=64, unique=True)
    subject_id = models.UUIDField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.INTENDED)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=now, editable=False)
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    kept = models.JSONField(default=list)
