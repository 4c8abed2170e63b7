"""What time alone does to subscriptions: reminders, notices, grace and ends. Each may be cut short."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from allonce.kernel.billing.catalogue.prices import renewal_price
from allonce.kernel.billing.models import RenewalNotice, Subscription
from allonce.kernel.billing.subscriptions import cancelling, letters, lifecycle
from allonce.kernel.billing.subscriptions.terms import notice_window
from allonce.kernel.clock import now
from allonce.kernel.post.models import OutboxMail

State = Subscription.State
LEFT = (OutboxMail.State.ACCEPTED, OutboxMail.State.DELIVERED)
LOST = (OutboxMail.State.BOUNCED, OutboxMail.State.REFUSED, OutboxMail.State.FAILED)
REMIND_BEFORE = timedelta(days=3)


def advance() -> None:
    """Take every subscription as far as this moment allows. Call it outside a transaction."""
    _each(Subscription.objects.filter(state=State.TRIAL, reminded_at=None, until__lte=now() + REMIND_BEFORE), _remind)
    running = Subscription.objects.filter(state=State.ACTIVE, last_term=None, term__gte=1, until__gt=now())
    _each(running.exclude(notices__term=F("term")), _announce)
    settle_notices()
    over = Subscription.objects.filter(until__lte=now()).exclude(state=State.ENDED)
    _each(over, _over)


def settle_notices() -> None:
    """Whether the letters before renewals left, and came back; only a letter that left in time is a notice."""
    present = RenewalNotice.objects.filter(subscription__term=F("term"), failed=False)
    for notice in present.exclude(subscription__state=State.ENDED).select_related("subscription"):
        letter = OutboxMail.objects.filter(pk=notice.letter_id).first()
        if letter is None:
            continue
        if letter.state in LOST:
            RenewalNotice.objects.filter(pk=notice.pk).update(failed=True)
        elif letter.state in LEFT and notice.left_at is None:
            window = notice_window(notice.subscription.began_at, notice.subscription.until)
            left = letter.settled_at or now()
            late = window is None or left.date() > window.closes
            RenewalNotice.objects.filter(pk=notice.pk).update(left_at=left, failed=late)


def _each(rows: QuerySet[Subscription], step: Callable[[Subscription], None]) -> None:
    for subscription_id in list(rows.values_list("pk", flat=True)):
        _one(rows, subscription_id, step)


@transaction.atomic
def _one(rows: QuerySet[Subscription], subscription_id: UUID, step: Callable[[Subscription], None]) -> None:
    # Locked first and asked again then: somebody else may have done it, renewed it or erased it meanwhile.
    held = lifecycle.lock_any(subscription_id)
    if held is not None and rows.filter(pk=subscription_id).exists():
        step(held)


def _remind(held: Subscription) -> None:
    held.reminded_at = now()
    held.save(update_fields=["reminded_at"])
    letters.remind_of_trial(held)


def _announce(held: Subscription) -> None:
    """The dedicated letter, on its day or as long as the window is open. What a store sold, the store announces."""
    window = notice_window(held.began_at, held.until)
    today = now().date()
    if window is not None and window.aim <= today <= window.closes and cancelling.is_ours(held):
        letters.announce_renewal(held, renewal_price(held))


def _over(held: Subscription) -> None:
    if held.until > now():
        return
    if held.state == State.CANCELLED:
        lifecycle.end(held, "cancelled")
    elif held.access_until <= now():
        lifecycle.end(held, "unpaid" if cancelling.is_ours(held) else "expired")
    elif held.state == State.ACTIVE and not cancelling.is_ours(held):
        held.state = State.PAST_DUE
        held.save(update_fields=["state"])
