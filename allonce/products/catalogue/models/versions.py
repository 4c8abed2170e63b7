"""Published versions. Database triggers (see the first migration) refuse every change of what was
published."""

from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now
from allonce.products.catalogue.models.heads import Catalogue


class Version(models.Model):
    """One publication. `restores` names the older version that this one brought back, if it did."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    restores = models.PositiveIntegerField(null=True)
    changed_parts = models.PositiveIntegerField()
    changed_bytes = models.PositiveBigIntegerField()
    published_at = models.DateTimeField(default=now)
    published_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["catalogue", "number"], name="catalogue_version_number"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Chunk(models.Model):
    """Bytes known by their SHA-256. Kept per Catalogue: whether a chunk exists must tell nothing about
    others."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="chunks")
    hash = models.CharField(max_length=64)
    body = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["catalogue", "hash"], name="catalogue_chunk_hash"),
        ]

    def __str__(self) -> str:
        return self.hash


class Entry(models.Model):
    """A chunk standing at a path from `from_version` until (not in) `to_version`; NULL while it still
    stands."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="entries")
    path = models.CharField(max_length=120)
    chunk = models.ForeignKey(Chunk, on_delete=models.CASCADE, related_name="entries")
    from_version = models.PositiveIntegerField()
    to_version = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["catalogue", "path"],
                condition=models.Q(to_version=None),
                name="catalogue_entry_standing",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["catalogue", "from_version"], name="catalogue_entry_from"),
            models.Index(fields=["catalogue", "to_version"], name="catalogue_entry_to"),
        ]

    def __str__(self) -> str:
        return f"{self.path} since {self.from_version}"
