"""Subscriptions that an app store sold and renews: its reports say until when they run."""

from datetime import timedelta

from allonce.kernel.billing.catalogue.register import Plan
from allonce.kernel.billing.models import Purchase, Subscription
from allonce.kernel.billing.purchases.known import chain_hash
from allonce.kernel.billing.sellers.ports import Told
from allonce.kernel.billing.subscriptions import letters, lifecycle
from allonce.kernel.clock import now

State = Subscription.State


def deliver(purchase: Purchase, plan: Plan, told: Told) -> None:
    """A term that a store was paid for: the next of its chain, the first, or one that is over already."""
    until = told.until or now()
    held = _open_chain(purchase.seller, told.chain)
    if held is not None:
        if until > held.until:
            purchase.subscription, purchase.term = held, held.term + 1
            purchase.save(update_fields=["subscription", "term"])
            lifecycle.renew(held, purchase, until=until)
        return
    if until <= now():
        return
    if lifecycle.open_of(purchase.owner, plan.family) is not None:
        # Bought twice, in two places: the store alone can give the money back, so a person has to tell them.
        purchase.problem = "second_subscription"
        purchase.save(update_fields=["problem"])
        return
    mark = chain_hash(purchase.seller, told.chain)
    letters.bought(purchase, lifecycle.begin_at_store(purchase, plan, told.at, until, mark))


def change(purchase: Purchase, told: Told) -> None:
    """A store's word on what comes next. One that is older than what is known already changes nothing."""
    held = _open_chain(purchase.seller, told.chain)
    if held is None or (held.told_at is not None and told.at < held.told_at):
        return
    until = told.until or held.until
    if until < held.until:
        # About an earlier term; the present one was paid for since.
        return
    held.told_at = told.at
    if told.what == "expired":
        held.save(update_fields=["told_at"])
        if until <= now():
            lifecycle.end(held, "expired")
        return
    _change(held, told)
    held.save()


def _change(held: Subscription, told: Told) -> None:
    if told.what == "unpaid":
        held.state = State.PAST_DUE
        grace = held.until + timedelta(days=held.grace_days)
        held.access_until = max(grace, told.until or grace)
        return
    refused = told.what == "cancelled"
    held.last_term = held.term if refused else None
    held.cancelled_at = told.at if refused else None
    lifecycle.settle(held)


def _open_chain(seller: str, chain: str) -> Subscription | None:
    rows = Subscription.objects.select_for_update().filter(seller=seller, chain_hash=chain_hash(seller, chain))
    return rows.exclude(state=State.ENDED).first() if chain else None
