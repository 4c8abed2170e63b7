"""How a subscription begins, is renewed and ends. Callers hold a transaction; each step may be tried again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from allonce.kernel import audit
from allonce.kernel.audit import SYSTEM
from allonce.kernel.billing.catalogue.register import Plan
from allonce.kernel.billing.models import Purchase, RenewalNotice, Subscription
from allonce.kernel.billing.models.owners import of
from allonce.kernel.billing.ports import tell_listeners
from allonce.kernel.billing.subscriptions import letters
from allonce.kernel.billing.subscriptions.terms import end_of, refuse_by, trial_end
from allonce.kernel.clock import now
from allonce.kernel.vault import Scope

State = Subscription.State


def open_of(owner: Scope, family: str) -> Subscription | None:
    """The owner's subscription of this family that has not ended."""
    return Subscription.objects.filter(family=family, **of(owner)).exclude(state=State.ENDED).first()


def is_active(owner: Scope, family: str) -> bool:
    """Whether the owner has what this family of plans gives, at this moment."""
    held = Subscription.objects.filter(family=family, access_until__gt=now(), **of(owner))
    return held.exclude(state=State.ENDED).exists()


def had_any(owner: Scope, family: str) -> bool:
    """Whether the owner ever had one: a trial comes once."""
    return Subscription.objects.filter(family=family, **of(owner)).exists()


def lock(subscription_id: UUID) -> Subscription:
    """The subscription as it stands, kept from others until the transaction ends. Raises DoesNotExist."""
    return Subscription.objects.select_for_update().get(pk=subscription_id)


def lock_any(subscription_id: UUID) -> Subscription | None:
    """Like `lock`; None once its owner was erased."""
    return Subscription.objects.select_for_update().filter(pk=subscription_id).first()


def begin(purchase: Purchase, plan: Plan, at: datetime) -> Subscription:
    """The first term of what was bought on the site, from the moment of payment."""
    until = end_of(at, plan.months, 1)
    made = _new(purchase, plan, State.ACTIVE, term=1, anchor=at, began_at=at, until=until)
    purchase.subscription, purchase.term = made, 1
    purchase.save(update_fields=["subscription", "term"])
    return _begun(made)


def begin_trial(purchase: Purchase, plan: Plan, at: datetime) -> Subscription:
    """A trial for which a card was saved. The order itself is settled: it cost nothing."""
    until = trial_end(at, plan.trial_days)
    made = _new(purchase, plan, State.TRIAL, term=0, anchor=until, began_at=at, until=until)
    purchase.subscription = made
    purchase.save(update_fields=["subscription"])
    return _begun(made)


def begin_at_store(purchase: Purchase, plan: Plan, at: datetime, until: datetime, chain_hash: str) -> Subscription:
    """The first term that an app store reports; it says itself when the term ends."""
    made = _new(purchase, plan, State.ACTIVE, term=1, anchor=at, began_at=at, until=until, chain_hash=chain_hash)
    purchase.subscription, purchase.term = made, 1
    purchase.save(update_fields=["subscription", "term"])
    return _begun(made)


def _new(purchase: Purchase, plan: Plan, state: State, **more: object) -> Subscription:
    until = more["until"]
    assert isinstance(until, datetime)
    return Subscription.objects.create(
        **of(purchase.owner),
        family=plan.family,
        plan=plan.code,
        seller=purchase.seller,
        months=plan.months,
        amount=purchase.amount,
        currency=purchase.currency,
        state=state,
        grace_days=plan.grace_days,
        access_until=until + timedelta(days=plan.grace_days),
        **more,
    )


def _begun(made: Subscription) -> Subscription:
    tell_listeners(made.owner, made.family, active=True)
    _record("subscription.begun", made)
    return made


def renew(held: Subscription, purchase: Purchase, *, until: datetime | None = None) -> bool:
    """One more term, paid for by `purchase`, from the end of the last. `until` is given by a store.

    False where nothing may be renewed: the subscription has ended, or another purchase paid for this term.
    """
    if held.state == State.ENDED or purchase.term != held.term + 1:
        return False
    lapsed = held.access_until <= now()
    was_trial = held.term == 0
    held.free_exit = not was_trial and not is_announced(held)
    held.term += 1
    held.began_at = held.until
    held.until = until or end_of(held.anchor, held.months, held.term)
    held.amount = purchase.amount
    held.reminded_at = held.next_try_at = None
    settle(held)
    held.save()
    letters.renewed(held, first=was_trial)
    if lapsed:
        tell_listeners(held.owner, held.family, active=True)
    _record("subscription.renewed", held, term=held.term)
    return True


def settle(held: Subscription) -> None:
    """State and access of a term that is paid for: it renews, or this is the last one."""
    last = held.last_term is not None and held.last_term <= held.term
    trial = State.TRIAL if held.term == 0 else State.ACTIVE
    held.state = State.CANCELLED if last else trial
    held.access_until = held.until if last else held.until + timedelta(days=held.grace_days)


def is_announced(held: Subscription) -> bool:
    """Whether the notice of this term left in time. A month is too short for one."""
    return RenewalNotice.objects.filter(subscription=held, term=held.term, left_at__isnull=False, failed=False).exists()


def end(held: Subscription, why: str, *, told: bool = True) -> None:
    """Over at once. Nothing that arrives later opens it again."""
    if held.state == State.ENDED:
        return
    held.state, held.ended_at = State.ENDED, now()
    held.access_until = min(held.access_until, now())
    held.next_try_at = None
    held.save()
    waiting = Purchase.objects.filter(subscription=held, state=Purchase.State.ORDERED)
    waiting.update(state=Purchase.State.LAPSED, settled_at=now())
    tell_listeners(held.owner, held.family, active=False)
    if told:
        letters.ended(held, why)
    _record("subscription.ended", held, why=why)


def may_be_charged(held: Subscription) -> bool:
    """Whether the next term is due to be charged: within the last 24 hours, or on the first day after a trial."""
    if held.state not in (State.TRIAL, State.ACTIVE, State.PAST_DUE):
        return False
    refused = held.last_term is not None and held.last_term <= held.term
    if refused or held.access_until <= now():
        return False
    return now() >= held.until if held.term == 0 else now() > refuse_by(held.until)


def of_owner(owner: Scope) -> QuerySet[Subscription]:
    """All of the owner's subscriptions, the latest first."""
    return Subscription.objects.filter(**of(owner)).order_by("-made_at")


def _record(action: str, held: Subscription, **data: object) -> None:
    target = f"billing.Subscription:{held.pk}"
    audit.record(action, actor=SYSTEM, target=target, data={"family": held.family, **data})
