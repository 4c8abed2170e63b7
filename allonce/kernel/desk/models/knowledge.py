"""Answers for everybody."""

import uuid
from typing import ClassVar

from django.db import models

from allonce.kernel.clock import now


class Article(models.Model):
    """One answer, public as soon as it is published; it is about no person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=now)
    helped = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Article"]] = models.Manager()

    def __str__(self) -> str:
        return f"article {self.id}"
