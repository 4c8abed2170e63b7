"""What is done without anybody asking: doubtful deliveries are settled."""

from allonce.kernel.clock import now
from allonce.products.quoting.models import Delivery
from allonce.products.quoting.services.settling import settle

AT_ONCE = 200


def settle_stale() -> None:
    """Settle what nobody has asked about since its sender died."""
    stale = Delivery.objects.filter(state=Delivery.State.SENDING, claimed_until__lte=now())
    settle(list(stale.order_by("claimed_until")[:AT_ONCE]))
