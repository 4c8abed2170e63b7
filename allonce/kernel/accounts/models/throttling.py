"""Tries counted for all processes together; what was tried is kept only as a keyed hash."""

from django.db import models


class ThrottleCount(models.Model):
    key_hash = models.CharField(max_length=64)
    window_start = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_hash", "window_start"], name="one_count_per_window"),
        ]
