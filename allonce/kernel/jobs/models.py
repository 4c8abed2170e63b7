"""The queue. A finished job leaves no row; a failed one stays until a person has seen it."""

import uuid

from django.db import models
from django.db.models import Q

from allonce.kernel.clock import now


class Job(models.Model):
    """One piece of work. `fence` rises with each claim, so that a worker that lost its lease cannot finish it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=64)
    args = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    run_at = models.DateTimeField(default=now)
    created_at = models.DateTimeField(default=now)
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField(default=8)
    fence = models.PositiveIntegerField(default=0)
    worker = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error_type = models.CharField(max_length=120, blank=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run_at"], condition=Q(state="waiting"), name="jobs_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="jobs_running"),
            models.Index(fields=["failed_at"], condition=Q(state="dead"), name="jobs_dead"),
        ]


class ScheduledPeriod(models.Model):
    """The latest period for which a schedule has queued its job: each period is queued once, by whichever process."""

    name = models.CharField(max_length=64, primary_key=True)
    period = models.DateTimeField()
