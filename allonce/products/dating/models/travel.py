"""A member in another town for some days."""

from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, SealedModel
from allonce.products.dating.models.members import Member


class Trip(SealedModel):
    """Where a member is from `begins_at` to `ends_at`, midnights in that town. One at a time; gone when it is over.

    `town` and `home` are {"place", "spot", "zone"} as a member has them. From `begun_at` on the member's own columns
    say the town, so that everything goes by it, and `home` is what comes back.
    """

    vault_scope = "person:person_id"

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="trip")
    town = EncryptedJSONField()
    home = EncryptedJSONField(null=True)
    begins_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[models.Manager["Trip"]] = models.Manager()

    def __str__(self) -> str:
        return f"trip {self.id}"
