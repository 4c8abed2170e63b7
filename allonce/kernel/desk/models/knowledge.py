"""Answers for everybody."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import now

AFTER = [("waiting", _("waits for the sender")), ("solved", _("is solved")), ("open", _("stays open"))]


class Article(models.Model):
    """One answer, public as soon as it is published; it is about no person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=now)

    objects: ClassVar[models.Manager["Article"]] = models.Manager()

    def __str__(self) -> str:
        return f"article {self.id}"


class SavedReply(models.Model):
    """Words that staff begin an answer with. `after` is where the ticket stands once it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    after = models.CharField(max_length=7, choices=AFTER, default="waiting")
    changed_at = models.DateTimeField(default=now)

    objects: ClassVar[models.Manager["SavedReply"]] = models.Manager()

    def __str__(self) -> str:
        return f"saved reply {self.id}"
