"""Stars that members give to each other's photos: known to the service alone."""

from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, SealedModel
from allonce.products.dating.models.members import Member


class Rating(SealedModel):
    """From one to five stars, sealed under the installation's key so that the daily run opens all with one.

    Nobody sees what they were given but as stars in the copy of their data, without a name.
    """

    vault_scope = "install"

    giver = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    stars = EncryptedJSONField()
    at = models.DateTimeField(default=now, db_index=True)

    objects: ClassVar[models.Manager["Rating"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["giver", "other"], name="dating_rated_once")]
