from datetime import timedelta
from uuid import UUID

from allonce.kernel.jobs import every, job

# A message ends by its own time to live; this bounds what even the longest one may cost.
MOST_ATTEMPTS = 60


@job("post_push.deliver", max_attempts=MOST_ATTEMPTS, transactional=False)
def deliver(push_id: UUID) -> None:
    from allonce.kernel.post.push import delivering

    delivering.attempt(push_id)


@every(timedelta(days=1))
@job("post_push.sweep")
def sweep() -> None:
    from allonce.kernel.post.push import sweeping

    sweeping.sweep()
