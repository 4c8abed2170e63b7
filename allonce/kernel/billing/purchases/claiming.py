"""Purchases that were made in an app before their owner had an account."""

import structlog
from django.db import IntegrityError, transaction

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.billing.errors import NoToken, TokenTaken
from allonce.kernel.billing.models import SellerEvent, StoreToken, UnclaimedPurchase
from allonce.kernel.billing.models.owners import of
from allonce.kernel.billing.purchases import applying, known
from allonce.kernel.billing.sellers.ports import Told
from allonce.kernel.errors import UserError
from allonce.kernel.vault import Scope

log = structlog.get_logger("allonce.billing")


@transaction.atomic
def claim(owner: Scope, token: str, *, actor: Actor) -> int:
    """Bind a token to its owner and take in what waited for it, in the order in which it happened; returns how many.

    The token is what the app gave its store; it is random and long, so that whoever has it made the purchases. What
    cannot be taken in yet goes on waiting, and the next claim tries it again. Raises NoToken, TokenTaken.
    """
    if not token.strip():
        raise NoToken
    mark = known.token_hash(token)
    row, _new = StoreToken.objects.get_or_create(token_hash=mark, defaults=of(owner))
    if row.owner != owner:
        raise TokenTaken
    waiting = UnclaimedPurchase.objects.select_for_update().filter(token_hash=mark).order_by("at", "pk")
    taken = sum(_taken(each) for each in list(waiting.select_related("event")))
    if taken:
        data = {"reports": taken}
        audit.record("purchase.claimed", actor=actor, target=f"billing.StoreToken:{row.pk}", data=data)
    return taken


def _taken(waiting: UnclaimedPurchase) -> bool:
    """Take one in by itself: what is wrong with one purchase keeps nobody from the others."""
    try:
        with transaction.atomic():
            _take(waiting)
    except (UserError, IntegrityError) as error:
        log.warning("purchase_not_claimed", event_id=str(waiting.event_id), error=type(error).__name__)
        return False
    return True


def _take(waiting: UnclaimedPurchase) -> None:
    event = waiting.event
    applying.apply(event.seller, Told.from_json(event.told))
    event.told, event.state = None, SellerEvent.State.DONE
    event.save()
    waiting.delete()
