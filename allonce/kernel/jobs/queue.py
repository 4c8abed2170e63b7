"""Claiming jobs, keeping them, and letting them go. Every statement names the fence it relies on."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from allonce.kernel.clock import now
from allonce.kernel.jobs.models import Job

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)

_CLAIM = """
UPDATE jobs_job SET state = 'running', worker = %s, lease_until = %s, fence = fence + 1
WHERE id IN (
  SELECT id FROM jobs_job
  WHERE (state = 'waiting' AND run_at <= %s) OR (state = 'running' AND lease_until < %s)
  ORDER BY run_at LIMIT %s {locking}
)
RETURNING id
"""


def claim(worker: UUID, lease: timedelta, most: int) -> list[Job]:
    """Take up to `most` due jobs, those of workers that fell silent included, oldest first."""
    field = Job._meta.get_field("run_at")
    moment, until = (field.get_db_prep_value(at, connection) for at in (now(), now() + lease))
    key = Job._meta.get_field("id").get_db_prep_value(worker, connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_claim_statement(), [key, until, moment, moment, most])
        ids = [row[0] for row in cursor.fetchall()]
    found = Job.objects.filter(id__in=ids, worker=worker, state=Job.State.RUNNING)
    return list(found.order_by("run_at"))


def start(job: Job) -> bool:
    """Count an attempt before it begins, so that a job which kills its worker is counted too.

    False if the lease was lost, or if the job has used up its attempts and is now a dead letter.
    """
    mine = Job.objects.filter(id=job.id, fence=job.fence, state=Job.State.RUNNING)
    if job.attempts >= job.max_attempts:
        mine.update(state=Job.State.DEAD, error_type="WorkerDied", failed_at=now(), worker=None)
        return False
    job.attempts += 1
    return mine.update(attempts=job.attempts) == 1


def complete(job: Job) -> bool:
    """Remove a finished job; False if the lease was lost meanwhile."""
    deleted, _ = Job.objects.filter(id=job.id, fence=job.fence, state=Job.State.RUNNING).delete()
    return deleted == 1


def fail(job: Job, error_type: str, wait: timedelta | None = None) -> None:
    """Put a failed job back for another try, or aside as a dead letter."""
    mine = Job.objects.filter(id=job.id, fence=job.fence, state=Job.State.RUNNING)
    if job.attempts >= job.max_attempts:
        mine.update(state=Job.State.DEAD, error_type=error_type[:120], failed_at=now(), worker=None)
        return
    run_at = now() + (wait if wait is not None else back_off(job.attempts))
    mine.update(state=Job.State.WAITING, error_type=error_type[:120], run_at=run_at, worker=None)


def release(jobs: list[Job]) -> None:
    """Give back jobs that were claimed and not begun."""
    for job in jobs:
        mine = Job.objects.filter(id=job.id, fence=job.fence, state=Job.State.RUNNING)
        mine.update(state=Job.State.WAITING, worker=None, lease_until=None)


def extend(worker: UUID, until: datetime) -> None:
    """Tell that a worker is alive and keeps what it holds."""
    Job.objects.filter(worker=worker, state=Job.State.RUNNING).update(lease_until=until)


def back_off(attempts: int) -> timedelta:
    """Doubling from five seconds up to an hour, of which a random half is taken off to spread the load."""
    longest: timedelta = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 12))
    return longest * random.uniform(0.5, 1)  # noqa: S311 (spreading load is no secret)


def _claim_statement() -> str:
    return _CLAIM.format(locking="FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else "")
