"""What is forgotten of text messages beyond the declared rules."""

from datetime import timedelta

from allonce.kernel.clock import now
from allonce.kernel.post.sms.models import Heard, Sms

GIVEN_UP = timedelta(days=2)
# A gateway that signs no time could be replayed for as long as its secret lives; nobody keeps calls that long.
HEARD_KEPT = timedelta(days=365)


def sweep() -> None:
    """Give up messages whose job was lost, and forget which calls were heard."""
    moment = now()
    lost = Sms.objects.filter(state=Sms.State.WAITING, created_at__lt=moment - GIVEN_UP)
    lost.update(state=Sms.State.FAILED, content=None, settled_at=moment)
    Heard.objects.filter(at__lt=moment - HEARD_KEPT).delete()
