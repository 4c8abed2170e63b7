"""Dead letters: jobs that failed for good, for people to see and decide."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from allonce.kernel.audit import Actor, record
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.jobs.models import Job


def dead_letters() -> QuerySet[Job]:
    """Every dead letter, latest first."""
    return Job.objects.filter(state=Job.State.DEAD).order_by("-failed_at")


def revive(job_id: UUID, actor: Actor) -> None:
    """Give a dead letter all its attempts again. Raises NotFound."""
    with transaction.atomic():
        dead = Job.objects.filter(id=job_id, state=Job.State.DEAD)
        if not dead.update(state=Job.State.WAITING, attempts=0, run_at=now(), failed_at=None):
            raise NotFound
        record("jobs.revived", actor=actor, target=f"jobs.Job:{job_id}")
