"""Renewals when the seller refuses, and when two look at the same subscription at once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from allonce.kernel.billing.jobs import renew
from allonce.kernel.billing.models import Purchase, Subscription
from allonce.kernel.billing.subscriptions import advancing, lifecycle
from allonce.kernel.billing.tests.cards import Cards
from allonce.kernel.clock import travel
from allonce.kernel.jobs import run_due
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db
START = datetime(2027, 1, 15, 12, tzinfo=UTC)
END = datetime(2027, 4, 15, 12, tzinfo=UTC)


@pytest.fixture
def held(owner: Scope, cards: Cards) -> Subscription:
    """VIP for three months from START."""
    with travel(START):
        cards.book.clock = lambda: START
        cards.buy(owner, "vip.3")
    return Subscription.objects.get()


def scheduled(at: datetime) -> None:
    """What the schedule does at that moment."""
    with travel(at):
        renew()
        run_due()


def again(held: Subscription) -> Subscription:
    held.refresh_from_db()
    return held


def test_what_the_seller_refuses_counts_as_a_declined_card(held: Subscription, cards: Cards) -> None:
    [customer] = [name for name in cards.book.things if name.startswith("cus_")]
    del cards.book.things[customer]
    scheduled(END - timedelta(hours=23))
    renewal = Purchase.objects.get(subscription=held, term=2)
    assert (renewal.refusals, OutboxMail.objects.filter(kind="billing.payment").count()) == (1, 1)
    scheduled(END + timedelta(hours=2))
    assert again(held).state == "past_due"
    for day in range(1, 9):
        scheduled(END + timedelta(days=day, hours=1))
    assert again(held).state == "ended"


def test_a_term_that_is_renewed_while_its_end_is_looked_at_does_not_end(
    held: Subscription, cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the lock first renews it; the schedule, which had found it due, then finds it is not."""
    plain = lifecycle.lock_any
    grace_over = END + timedelta(days=8)

    def renewed_meanwhile(subscription_id: UUID) -> Subscription | None:
        later = grace_over + timedelta(days=90)
        Subscription.objects.filter(pk=subscription_id).update(term=2, until=later, access_until=later)
        return plain(subscription_id)

    monkeypatch.setattr(lifecycle, "lock_any", renewed_meanwhile)
    with travel(grace_over):
        advancing.advance()
    assert again(held).state == "active"


def test_a_subscription_whose_owner_is_erased_meanwhile_stops_nothing(
    held: Subscription, cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    def erased_meanwhile(subscription_id: UUID) -> Subscription | None:
        Subscription.objects.filter(pk=subscription_id).delete()
        return None

    monkeypatch.setattr(lifecycle, "lock_any", erased_meanwhile)
    with travel(END + timedelta(days=8)):
        advancing.advance()
    assert not Subscription.objects.exists()
