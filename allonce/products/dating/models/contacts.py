"""People whom a member knows and does not want to meet here."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from allonce.kernel.clock import now
from allonce.products.dating.models.members import Member


class HiddenContactQuerySet(models.QuerySet["HiddenContact"]):
    """Contacts by whether they keep two apart now."""

    def in_force(self) -> "HiddenContactQuerySet":
        """Those that stand, and those taken back within a day."""
        return self.filter(Q(until=None) | Q(until__gt=now()))

    def standing(self) -> "HiddenContactQuerySet":
        """Those that were not taken back."""
        return self.filter(until=None)


class HiddenContact(models.Model):
    """An address or a number by its keyed hash alone, whether anybody here has it or not.

    Taken back, it still counts for a day, until `until`: otherwise whoever reappears at once would be told by that.
    """

    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="hidden_contacts")
    mark = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=now, editable=False)
    until = models.DateTimeField(null=True, blank=True, db_index=True)

    objects: ClassVar[HiddenContactQuerySet] = HiddenContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "mark"], name="dating_contact_hidden_once")]
