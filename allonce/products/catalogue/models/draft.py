import uuid
from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.products.catalogue.models.heads import Catalogue


class Part(models.Model):
    """One piece of the draft, kept as exactly the bytes that publishing would hash.

    The path says what it is (see `paths.py`): a product, a block of its ranges, a table's head, a block of
    a table's rows, a picture, the settings, the taxes. A body of NULL is a piece removed since the last
    version.
    """

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="parts")
    path = models.CharField(max_length=120)
    body = models.BinaryField(null=True)
    changed = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["catalogue", "path"], name="catalogue_part_path"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Publishing reads only this, so its time follows the number of changes and not the Catalogue's
            # size.
            models.Index(fields=["catalogue"], condition=models.Q(changed=True), name="catalogue_part_changed"),
        ]

    def __str__(self) -> str:
        return self.path


class UndoStep(models.Model):
    """What a destructive edit replaced, kept a short while so that it can be taken back.

    `before` maps each touched path to the base64 of its former bytes, or null where there was nothing;
    `after` to the hash of what the edit left there, so that undo never overwrites a later edit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="undo_steps")
    before = models.JSONField()
    after = models.JSONField()
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"undo of {len(self.before)} pieces"
