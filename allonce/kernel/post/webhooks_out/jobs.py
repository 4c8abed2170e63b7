from datetime import timedelta
from uuid import UUID

from allonce.kernel.jobs import every, job
from allonce.kernel.post.webhooks_out import sweeping

# More than a delivery's own tries: a worker that dies in the middle costs one of these.
MOST_ATTEMPTS = 30


@job("post_webhooks.deliver", max_attempts=MOST_ATTEMPTS, transactional=False)
def deliver(delivery_id: UUID) -> None:
    from allonce.kernel.post.webhooks_out import delivering

    delivering.attempt(delivery_id)


@every(timedelta(hours=1))
@job("post_webhooks.sweep")
def sweep() -> None:
    sweeping.sweep()
