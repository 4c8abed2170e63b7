"""A sheet on its way into the Catalogue, and afterwards the way back."""

import uuid

from django.db import models

from allonce.kernel.clock import now
from allonce.products.catalogue.models.heads import Catalogue


class SheetImport(models.Model):
    """One uploaded or pasted sheet.

    `cells` are the parsed cells (see `stored`), emptied once the import is accepted. `answers`, `corrections`,
    `confirmed` and `targets` are what a person said; the proposal itself is never kept but read anew. `before` and
    `after` mirror those of an UndoStep: base64 of the former bytes and hashes of the new ones, by path.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        ACCEPTED = "accepted"
        UNDONE = "undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="sheet_imports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    product = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    cells = models.BinaryField()
    macros = models.BooleanField(default=False)
    left_out = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict)
    confirmed = models.JSONField(default=list)
    targets = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"import {self.pk} ({self.state})"
