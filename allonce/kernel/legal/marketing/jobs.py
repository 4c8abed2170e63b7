"""Sending in batches, and forgetting."""

from datetime import UTC, datetime, time
from uuid import UUID

from allonce.kernel.clock import add_months, today
from allonce.kernel.jobs import every, job
from allonce.kernel.legal.marketing.models import Copy
from allonce.kernel.legal.marketing.services import joining, sending

COPIES_KEPT_MONTHS = 12
AT_A_TIME = 1000


@job("marketing.send_batch")
def send_batch(newsletter_id: UUID, after: UUID) -> None:
    last = sending.send_batch(newsletter_id, after)
    if last is not None:
        send_batch.later(newsletter_id, last)


@every("daily at 03:50")
@job("marketing.sweep")
def sweep() -> None:
    """Forget unanswered requests, and after a year who was sent what."""
    joining.sweep()
    before = datetime.combine(add_months(today(), -COPIES_KEPT_MONTHS), time(), UTC)
    old = Copy.objects.filter(created_at__lt=before).values_list("pk", flat=True)[:AT_A_TIME]
    gone, _counts = Copy.objects.filter(pk__in=list(old)).delete()
    if gone >= AT_A_TIME:
        sweep.later()
