from datetime import timedelta
from uuid import UUID

from allonce.kernel.jobs import every, job

# Twelve hours of tries an hour apart, the first ones closer, and some for workers that die.
MOST_ATTEMPTS = 40


@job("post_sms.deliver", max_attempts=MOST_ATTEMPTS, transactional=False)
def deliver(sms_id: UUID) -> None:
    from allonce.kernel.post.sms import delivering

    delivering.attempt(sms_id)


@job("post_sms.take", max_attempts=MOST_ATTEMPTS)
def take(incoming_id: UUID) -> None:
    from allonce.kernel.post.sms import taking

    taking.take(incoming_id)


@job("post_sms.tell")
def tell(incoming_id: UUID) -> None:
    from allonce.kernel.post.sms import taking

    taking.tell(incoming_id)


@every(timedelta(days=1))
@job("post_sms.sweep")
def sweep() -> None:
    from allonce.kernel.post.sms import sweeping

    sweeping.sweep()
