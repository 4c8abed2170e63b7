from datetime import timedelta
from uuid import UUID

from allonce.kernel.jobs import every, job
from allonce.kernel.post import delivering, sweeping

# With the queue's back-off these tries span about fourteen hours; then the letter is a dead letter that
# staff see and can revive.
MOST_ATTEMPTS = 24


@job("post.deliver", max_attempts=MOST_ATTEMPTS, transactional=False)
def deliver(letter_id: UUID) -> None:
    delivering.attempt(letter_id)


@every(timedelta(days=1))
@job("post.sweep")
def sweep() -> None:
    sweeping.sweep()
