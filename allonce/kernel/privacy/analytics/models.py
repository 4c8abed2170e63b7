"""Visits and figures. No row leads to a person, a session or an account, and none holds anybody's words."""

import secrets

from django.db import models

from allonce.kernel.privacy.analytics.codes import CodeField

LOTS = 2**31


def draw_lot() -> int:
    """A number that nobody can foresee."""
    return secrets.randbelow(LOTS)


class Visit(models.Model):
    """One look at a public page by somebody who was not signed in. Swept after thirty days.

    `route` is the page's name, never its address; `network` is the address without its last part (/24 or /48).
    """

    at = models.DateTimeField(db_index=True)
    route = CodeField()
    referrer = CodeField(blank=True)
    browser = CodeField()
    system = CodeField()
    network = CodeField(blank=True)


class DailyCount(models.Model):
    """How often something happened on one day. An empty `key` is the day's sum.

    `group` is how many visitors or accounts it came from, at least: it decides whether the figure may be shown.
    `lot` is random and decides which figure is hidden beside small ones (see `suppression`).
    """

    day = models.DateField()
    measure = CodeField()
    dimension = CodeField()
    key = CodeField(blank=True)
    count = models.PositiveIntegerField()
    group = models.PositiveIntegerField()
    lot = models.PositiveIntegerField(default=draw_lot)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["day", "measure", "dimension", "key"], name="one_count_per_day_and_key"),
        )
