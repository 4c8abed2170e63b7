"""Refusing a renewal, and ending what may be ended at any time, with the rest of the price refunded."""

from uuid import UUID

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.audit import Actor
from allonce.kernel.billing.errors import NoFreeExit, NothingToCancel, SoldElsewhere
from allonce.kernel.billing.models import Purchase, Refund, Subscription
from allonce.kernel.billing.models.owners import of
from allonce.kernel.billing.purchases.refund_queue import refund_later
from allonce.kernel.billing.sellers.configured import sellers
from allonce.kernel.billing.subscriptions import letters, lifecycle
from allonce.kernel.billing.subscriptions.terms import refuse_by, rest_of
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.vault import Scope

State = Subscription.State


def is_ours(held: Subscription) -> bool:
    """Whether we charge its renewals; what an app store sold is cancelled there."""
    seller = sellers().get(held.seller)
    return seller is None or seller.sells_here


def may_cancel(held: Subscription) -> bool:
    """Whether there is a renewal that can still be refused."""
    return is_ours(held) and held.last_term is None and held.state in (State.TRIAL, State.ACTIVE, State.PAST_DUE)


def in_time(held: Subscription) -> bool:
    """Whether a cancellation now keeps the coming renewal off: until 24 hours before the end; a trial until its end."""
    return now() < held.until if held.term == 0 else now() <= refuse_by(held.until)


@transaction.atomic
def cancel(owner: Scope, subscription_id: UUID, *, actor: Actor) -> Subscription:
    """Refuse the renewal. At 24 hours before the end or earlier it ends then; later it renews once more, and says so.

    What could not be charged ends at once. Raises NotFound, NothingToCancel, SoldElsewhere.
    """
    held = _own(owner, subscription_id)
    if not is_ours(held):
        raise SoldElsewhere
    if not may_cancel(held):
        raise NothingToCancel
    held.cancelled_at = now()
    timely = in_time(held)
    held.last_term = held.term if timely or held.state == State.PAST_DUE else held.term + 1
    if held.state == State.PAST_DUE:
        held.save()
        lifecycle.end(held, "cancelled")
    else:
        lifecycle.settle(held)
        held.save()
        letters.cancelled(held, in_time=timely)
    data = {"in_time": timely, "until": held.until}
    audit.record("subscription.cancelled", actor=actor, target=f"billing.Subscription:{held.pk}", data=data)
    return held


def may_exit(held: Subscription) -> bool:
    """Whether it may be ended at once: it was renewed without a notice in time, or its terms are too short for one."""
    return held.free_exit and held.state in (State.ACTIVE, State.CANCELLED) and is_ours(held)


def rest(held: Subscription) -> int:
    """What would be refunded at this moment, in minor units."""
    return rest_of(held.amount, held.began_at, held.until, now())


@transaction.atomic
def leave(owner: Scope, subscription_id: UUID, *, actor: Actor) -> Refund | None:
    """End it now and send the rest of the price back within 30 days. Raises NotFound, NoFreeExit.

    None where nothing is left to refund.
    """
    # Purchases first, as sellers' reports do: taken the other way round, the two would wait for each other.
    paid = {each.term: each for each in Purchase.objects.select_for_update().filter(subscription_id=subscription_id)}
    held = _own(owner, subscription_id)
    if not may_exit(held):
        raise NoFreeExit
    lifecycle.end(held, "exit")
    made = refund_later(paid[held.term], rest(held), "exit")
    amount = made.amount if made else 0
    data = {"amount": amount, "currency": held.currency.lower()}
    audit.record("subscription.left", actor=actor, target=f"billing.Subscription:{held.pk}", data=data)
    return made


def _own(owner: Scope, subscription_id: UUID) -> Subscription:
    held = Subscription.objects.select_for_update().filter(pk=subscription_id, **of(owner)).first()
    if held is None:
        raise NotFound
    return held
