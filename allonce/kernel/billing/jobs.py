"""Jobs of the billing room. Those that talk to a seller hold no transaction while they wait."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction

from allonce.kernel.audit import SYSTEM
from allonce.kernel.billing.catalogue import prices
from allonce.kernel.billing.credits import checking, holds
from allonce.kernel.billing.errors import SellerSilent
from allonce.kernel.billing.models import Farewell, PriceTold, PriceVersion, Purchase, Refund, SellerEvent, Subscription
from allonce.kernel.billing.purchases import disputes, intake, ordering, refunds
from allonce.kernel.billing.sellers.configured import sellers
from allonce.kernel.billing.subscriptions import advancing, charging, letters
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.jobs import RetryLater, dead_letters, every, job, revive
from allonce.kernel.jobs.models import Job
from allonce.kernel.jobs.registry import JobType

log = structlog.get_logger("allonce.billing")
# Sellers repeat a report for three days at most (Stripe); what is older cannot come again.
EVENTS_KEPT = timedelta(days=90)
UNCLAIMED_KEPT = timedelta(days=365)
ASK_AFTER = timedelta(minutes=5)
SILENCE = timedelta(minutes=10)
# What has waited so long may have lost its job.
UNFINISHED_AFTER = timedelta(hours=1)


@job("billing.take", max_attempts=12, transactional=False)
def take(event_id: UUID) -> None:
    """Take a seller's report in."""
    try:
        intake.take_in(event_id)
    except SellerSilent:
        raise RetryLater(SILENCE) from None


@job("billing.charge", transactional=False)
def charge(subscription_id: UUID) -> None:
    """Charge one renewal; while the seller is silent the schedule brings it back."""
    try:
        charging.charge(subscription_id)
    except SellerSilent as error:
        log.warning("renewal_not_charged", code=error.code)


@job("billing.send_back", max_attempts=20, transactional=False)
def send_back(refund_id: UUID) -> None:
    """Send one refund."""
    try:
        refunds.send(refund_id)
    except SellerSilent:
        raise RetryLater(SILENCE) from None


@job("billing.forget", max_attempts=20, transactional=False)
def forget(farewell_id: UUID) -> None:
    """Have the seller forget a payer who left."""
    row = Farewell.objects.filter(pk=farewell_id).first()
    if row is None:
        return
    try:
        seller = sellers().get(row.seller)
        if seller is not None:
            seller.forget(row.customer)
    except SellerSilent:
        raise RetryLater(SILENCE) from None
    row.delete()


@job("billing.tell_price")
def tell_price(version_id: int) -> None:
    """Tell every subscriber of a price that rises for them."""
    version = PriceVersion.objects.filter(pk=version_id).first()
    if version is not None:
        _tell(version)


@every("daily at 08:10")
def tell_newcomers() -> None:
    """Whoever subscribed after a price was announced and before it counted is told of it, too."""
    for version in prices.that_count():
        _tell(version)


def _tell(version: PriceVersion) -> None:
    running = Subscription.objects.filter(plan=version.product, last_term=None, amount__lt=version.amount)
    for held in running.exclude(state=Subscription.State.ENDED).exclude(prices_told__version=version):
        PriceTold.objects.create(version=version, subscription=held)
        letters.price_rises(held, version.amount, version.effective_on)


@every(timedelta(minutes=1))
@job("billing.release_holds", transactional=False)
def release_holds() -> None:
    """Give back what was set aside for too long."""
    holds.release_due()


@every(timedelta(minutes=10))
@job("billing.renew", transactional=False)
def renew() -> None:
    """Reminders, notices and ends that are due, then the renewals to be charged."""
    advancing.advance()
    due = charging.due()
    if due:
        with transaction.atomic():
            charge.later_many([(each,) for each in due])


@every(timedelta(minutes=10))
@job("billing.ask_again", transactional=False)
def ask_again() -> None:
    """Orders whose report may have been lost are asked for at the seller's, each by itself."""
    ordering.give_up_old_orders()
    waiting = Purchase.objects.filter(state=Purchase.State.ORDERED, subscription=None)
    for purchase in waiting.filter(ordered_at__lt=now() - ASK_AFTER).order_by("ordered_at")[:100]:
        try:
            ordering.ask_again(purchase)
        except UserError as error:
            log.warning("order_not_asked", code=error.code)


@every(timedelta(hours=1))
@job("billing.bring_back", transactional=False)
def bring_back() -> None:
    """What a seller was silent about for so long that its job gave up, or whose job was lost, is tried again."""
    limit = now() - UNFINISHED_AFTER
    waiting = SellerEvent.objects.filter(state=SellerEvent.State.WAITING, heard_at__lt=limit)
    _queue_again(take, waiting.values_list("pk", flat=True))
    refunds_left = Refund.objects.filter(state=Refund.State.WAITING, asked_at__lt=limit)
    _queue_again(send_back, refunds_left.values_list("pk", flat=True))
    _queue_again(forget, Farewell.objects.filter(made_at__lt=limit).values_list("pk", flat=True))


def _queue_again(kind: JobType[[UUID]], wanted: Iterable[UUID]) -> None:
    """A job for each that has none alive; its dead letter is taken up again, so that none is left behind."""
    dead = {row.args[0]: row.pk for row in dead_letters().filter(name=kind.name)}
    alive = {
        args[0]
        for args in Job.objects.filter(name=kind.name).exclude(state=Job.State.DEAD).values_list("args", flat=True)
    }
    for each in wanted:
        with transaction.atomic():
            if str(each) in dead:
                revive(dead[str(each)], SYSTEM)
            elif str(each) not in alive:
                kind.later(each)


@every("daily at 03:25")
def forget_reports() -> None:
    """Reports that cannot come again, and purchases that nobody claimed within a year."""
    SellerEvent.objects.filter(state=SellerEvent.State.DONE, heard_at__lt=now() - EVENTS_KEPT).delete()
    SellerEvent.objects.filter(state=SellerEvent.State.UNCLAIMED, heard_at__lt=now() - UNCLAIMED_KEPT).delete()
    disputes.forget_strangers(EVENTS_KEPT)


@every("daily at 03:35")
def check_ledger() -> None:
    """Add the ledger up; a fault is a failure that shows among the dead jobs."""
    faults = checking.check()
    if faults:
        raise LedgerFault(f"{len(faults)} faults in the ledger of credits")


class LedgerFault(Exception):
    """The ledger does not add up."""
