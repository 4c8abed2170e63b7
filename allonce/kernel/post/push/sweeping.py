"""What is forgotten of browser push beyond the declared rules."""

from datetime import timedelta

from allonce.kernel.clock import now
from allonce.kernel.post.push.models import Subscription

# A browser that could not be reached for so long has been thrown away, or its owner has.
UNREACHED = timedelta(days=180)


def sweep() -> None:
    """Forget browsers that nothing has reached for half a year."""
    before = now() - UNREACHED
    Subscription.objects.filter(reached_at__lt=before).delete()
    Subscription.objects.filter(reached_at=None, created_at__lt=before).delete()
