"""The daily letters, and forgetting."""

from datetime import UTC, datetime, time
from uuid import UUID

from allonce.kernel.clock import add_months, today
from allonce.kernel.jobs import every, job
from allonce.kernel.notices import digests
from allonce.kernel.notices.models import Digest, Notice

PEOPLE_AT_A_TIME = 200
NOTICES_AT_A_TIME = 1000
MONTHS_KEPT = 12


@job("notices.digest")
def digest(person_id: UUID) -> None:
    digests.send_digest(person_id)


@job("notices.digests_after")
def digests_after(after: UUID) -> None:
    """Queue the letters of the next people; short, since it holds SQLite's write lock."""
    found = digests.waiting_people(after, PEOPLE_AT_A_TIME)
    for person_id in found:
        digest.later(person_id)
    if len(found) == PEOPLE_AT_A_TIME:
        digests_after.later(found[-1])


@every("daily at 07:30")
@job("notices.daily_digests")
def daily_digests() -> None:
    digests_after.later(UUID(int=0))


@every("daily at 03:40")
@job("notices.sweep")
def sweep() -> None:
    """Forget notices and letters of more than a year ago, some at a time."""
    before = datetime.combine(add_months(today(), -MONTHS_KEPT), time(), UTC)
    old = Notice.objects.filter(created_at__lt=before).values_list("pk", flat=True)[:NOTICES_AT_A_TIME]
    gone, _counts = Notice.objects.filter(pk__in=list(old)).delete()
    Digest.objects.filter(created_at__lt=before).delete()
    if gone >= NOTICES_AT_A_TIME:
        sweep.later()
