"""What post forgets, and when."""

from datetime import timedelta

from django.db import transaction

from allonce.kernel.clock import now
from allonce.kernel.post.delivering import CONTENTS
from allonce.kernel.post.models import DeliveryEvent, OutboxMail, RelayName

# Reports are of use as long as somebody may ask whether a mail arrived.
RECORDS_KEPT = timedelta(days=90)
# A letter that could not leave in this time tells its reader nothing that is still true.
LETTERS_KEPT = timedelta(days=7)


def sweep() -> None:
    """Give up old letters and forget old records."""
    moment = now()
    with transaction.atomic():
        _give_up(OutboxMail.State.WAITING, before=moment - LETTERS_KEPT)
        OutboxMail.objects.filter(created_at__lt=moment - RECORDS_KEPT).delete()
        DeliveryEvent.objects.filter(at__lt=moment - RECORDS_KEPT).delete()
        RelayName.objects.filter(created_at__lt=moment - RECORDS_KEPT).delete()


def _give_up(state: str, *, before: object) -> None:
    stale = OutboxMail.objects.filter(state=state, created_at__lt=before)
    letter_ids = list(stale.values_list("id", flat=True))
    for contents in CONTENTS.values():
        contents._default_manager.filter(id__in=letter_ids).delete()
    stale.update(state=OutboxMail.State.FAILED, settled_at=now())
