"""What is forgotten of webhooks, and when; what dead deliveries were to tell goes by its declared rule."""

from datetime import timedelta

from allonce.kernel.clock import now
from allonce.kernel.post.webhooks_out.models import Delivery, Endpoint

RECORDS_KEPT = timedelta(days=90)
# Longer than all tries take, so nobody is trying any more: its job was lost with its workers.
GIVEN_UP = timedelta(days=2)


def sweep() -> None:
    """Call dead what nobody tries any more, and drop old records and old secrets."""
    moment = now()
    lost = Delivery.objects.filter(state=Delivery.State.WAITING, next_try_at__lt=moment - GIVEN_UP)
    lost.update(state=Delivery.State.DEAD, next_try_at=None, settled_at=moment)
    Delivery.objects.filter(created_at__lt=moment - RECORDS_KEPT).delete()
    Endpoint.objects.filter(old_until__lt=moment).update(old_secret=None, old_until=None)
