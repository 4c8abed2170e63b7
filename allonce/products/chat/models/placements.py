"""Placements: where on a site the chat stands, and how it looks there."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.products.chat.models.agents import Department
from allonce.products.chat.models.clients import public_id


class Placement(models.Model):
    """One button on one site, changed by its Client without touching the site.

    `sites` are the origins that may show it ("https://fenwick.example", with a port where there is one); none means
    any. The governor shows the invitation at most `dropin_limit` times within `dropin_span_minutes`, after
    `dropin_delay` seconds on a page; a limit of 0 is none.
    """

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the visitor's device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Position(models.TextChoices):
        BOTTOM_RIGHT = "bottom-right", _("Bottom right")
        BOTTOM_LEFT = "bottom-left", _("Bottom left")
        RIGHT = "right", _("Right edge")
        LEFT = "left", _("Left edge")
        TOP_RIGHT = "top-right", _("Top right")

    class Size(models.TextChoices):
        SMALL = "small", _("Small")
        NORMAL = "normal", _("Normal")
        LARGE = "large", _("Large")

    class Icon(models.TextChoices):
        BUBBLE = "bubble", _("Speech bubble")
        CAR = "car", _("Car")
        HOME = "home", _("House")
        QUESTION = "question", _("Question mark")
        NONE = "none", _("No icon")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    title = models.CharField(max_length=80)
    sites = models.JSONField(default=list, blank=True)
    label = models.CharField(max_length=60, blank=True, default="")
    offline_label = models.CharField(max_length=60, blank=True, default="")
    greeting = models.CharField(max_length=300, blank=True, default="")
    colour = models.CharField(max_length=7, default="#1d5fbf")
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    position = models.CharField(max_length=12, choices=Position.choices, default=Position.BOTTOM_RIGHT)
    size = models.CharField(max_length=6, choices=Size.choices, default=Size.NORMAL)
    icon = models.CharField(max_length=8, choices=Icon.choices, default=Icon.BUBBLE)
    dropin = models.BooleanField(default=False)
    dropin_text = models.CharField(max_length=160, blank=True, default="")
    dropin_delay = models.PositiveIntegerField(default=15)
    dropin_limit = models.PositiveIntegerField(default=3)
    dropin_span_minutes = models.PositiveIntegerField(default=60)
    ask_name = models.BooleanField(default=False)
    ask_email = models.BooleanField(default=False)
    ask_required = models.BooleanField(default=False)
    language = models.CharField(max_length=12, blank=True, default="")
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Placement"]] = models.Manager()

    def __str__(self) -> str:
        return f"placement {self.id}"
