"""Running one claimed job to its end, whatever that is."""

import structlog
from django.db import transaction

from allonce.kernel.jobs import queue
from allonce.kernel.jobs.models import Job
from allonce.kernel.jobs.registry import JobType, registered
from allonce.kernel.jobs.types import LeaseLost, RetryLater

log = structlog.get_logger("allonce.jobs")


def execute(job: Job) -> None:
    """Begin, run and finish a job. Never raises what the job raised: that decides about another try."""
    if not queue.start(job):
        return
    kind = registered.get(job.name)
    if kind is None:
        queue.fail(job, "UnknownJob")
        return
    try:
        _run(kind, job)
    except LeaseLost:
        log.warning("lease_lost", job=job.name, job_id=str(job.id))
    except RetryLater as wish:
        queue.fail(job, "RetryLater", wish.after)
    except Exception as error:
        log.error("job_failed", exc_info=error, job=job.name, job_id=str(job.id), attempt=job.attempts)
        queue.fail(job, type(error).__qualname__)


def _run(kind: "JobType[...]", job: Job) -> None:
    if not kind.transactional:
        kind.run_with(job.args)
        queue.complete(job)
        return
    with transaction.atomic():
        kind.run_with(job.args)
        if not queue.complete(job):
            raise LeaseLost
