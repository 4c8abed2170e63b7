"""Disputes: nothing is taken before the bank has decided, and its last word counts, whenever it arrives."""

from datetime import timedelta

import pytest

from allonce.kernel.audit import Actor
from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.jobs import forget_reports
from allonce.kernel.billing.models import Dispute, Movement, Purchase, Subscription
from allonce.kernel.billing.purchases import order
from allonce.kernel.billing.purchases.applying import apply
from allonce.kernel.billing.sellers.ports import Told
from allonce.kernel.billing.subscriptions import is_active
from allonce.kernel.billing.tests.cards import Cards
from allonce.kernel.billing.tests.wares import CROWNS, VIP
from allonce.kernel.clock import now, travel
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db


def intent(cards: Cards) -> str:
    return next(name for name in cards.book.things if name.startswith("pi_"))


def stands(owner: Scope) -> tuple[str, int, int]:
    """State, what went back in all, and the credits."""
    found = Purchase.objects.get()
    return found.state, found.refunded, ledger.balance(owner, CROWNS)


def hours_later(cards: Cards, hours: int) -> None:
    at = now() + timedelta(hours=hours)
    cards.book.clock = lambda: at


@pytest.mark.parametrize("status", ["won", "warning_closed", "prevented", "something_new"])
def test_a_dispute_that_closes_otherwise_than_lost_takes_nothing(owner: Scope, cards: Cards, status: str) -> None:
    cards.buy(owner, "crowns.10")
    asks = "warning_needs_response" if status == "warning_closed" else "needs_response"
    cards.book.dispute(intent(cards), asks)
    cards.take_in()
    assert stands(owner) == ("disputed", 0, 10)
    cards.book.dispute(intent(cards), status)
    cards.take_in()
    assert stands(owner) == ("paid", 0, 10)


def test_an_inquiry_that_closes_ends_no_subscription_and_a_lost_dispute_does(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "vip.3")
    cards.book.dispute(intent(cards), "warning_needs_response")
    cards.book.dispute(intent(cards), "warning_closed")
    cards.take_in()
    assert is_active(owner, VIP)
    cards.book.dispute(intent(cards))
    cards.book.dispute(intent(cards), "lost")
    cards.take_in()
    assert not is_active(owner, VIP)
    assert Subscription.objects.get().state == "ended"


def test_a_dispute_about_a_part_takes_that_part(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "crowns.10")
    cards.book.dispute(intent(cards), amount=250)
    cards.book.dispute(intent(cards), "lost")
    cards.take_in()
    assert stands(owner) == ("paid", 250, 5)
    cards.book.dispute(intent(cards), amount=100)
    cards.book.dispute(intent(cards), "lost")
    cards.take_in()
    assert stands(owner) == ("paid", 350, 3)


def test_a_refund_and_a_dispute_about_the_rest_add_up(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "crowns.10")
    cards.book.refund({"payment_intent": intent(cards), "amount": "250"})
    cards.book.dispute(intent(cards), amount=249)
    cards.book.dispute(intent(cards), "lost")
    cards.take_in(4, 2, 3, 2)
    assert stands(owner) == ("refunded", 499, 0)


@pytest.mark.parametrize("order_of_arrival", [(2, 3, 4), (4, 3, 2), (3, 4, 2), (4, 2, 3)])
def test_the_banks_last_word_counts_whatever_arrives_first(
    owner: Scope, cards: Cards, order_of_arrival: tuple[int, ...]
) -> None:
    cards.buy(owner, "crowns.10")
    cards.book.dispute(intent(cards))
    hours_later(cards, 1)
    cards.book.dispute(intent(cards), "lost")
    hours_later(cards, 2)
    cards.book.dispute(intent(cards), "won")
    cards.take_in(*order_of_arrival)
    assert stands(owner) == ("paid", 0, 10)
    assert ledger.check() == []


def test_a_question_that_arrives_after_its_answer_of_the_same_second_changes_nothing(
    owner: Scope, cards: Cards
) -> None:
    at = now()
    cards.book.clock = lambda: at
    cards.buy(owner, "crowns.10")
    cards.book.dispute(intent(cards))
    cards.book.dispute(intent(cards), "won")
    cards.take_in(3)
    cards.take_in(2)
    assert stands(owner) == ("paid", 0, 10)


def test_a_dispute_lost_and_then_won_gives_everything_again(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "crowns.10")
    ledger.spend(owner, CROWNS, 4, key="s", reason="test.message")
    cards.book.dispute(intent(cards))
    cards.book.dispute(intent(cards), "lost")
    cards.take_in()
    assert (stands(owner), ledger.owed(owner, CROWNS)) == (("refunded", 499, 0), 4)
    hours_later(cards, 1)
    cards.book.dispute(intent(cards), "won")
    cards.take_in()
    assert (stands(owner), ledger.owed(owner, CROWNS)) == (("paid", 0, 6), 0)
    assert Movement.objects.get(kind="restore").reason == "dispute_won"
    assert ledger.check() == []


def test_a_subscription_that_ended_by_a_dispute_later_won_is_a_persons_to_settle(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "vip.3")
    cards.book.dispute(intent(cards))
    cards.book.dispute(intent(cards), "lost")
    hours_later(cards, 1)
    cards.book.dispute(intent(cards), "won")
    cards.take_in()
    assert Subscription.objects.get().state == "ended"
    assert Purchase.objects.get().problem == "dispute_won"


@pytest.mark.parametrize(
    ("status", "expected"), [("", ("disputed", 0, 10)), ("lost", ("refunded", 499, 0)), ("won", ("paid", 0, 10))]
)
def test_a_dispute_told_before_its_payment_counts_once_the_payment_is_told(
    owner: Scope, cards: Cards, status: str, expected: tuple[str, int, int]
) -> None:
    cards.press_pay(order(owner, "crowns.10", actor=Actor("person", owner.id)))
    cards.book.dispute(intent(cards))
    if status:
        cards.book.dispute(intent(cards), status)
    cards.take_in(*range(2, len(cards.reports.events)))
    assert stands(owner) == ("ordered", 0, 0)
    cards.take_in(0, 1)
    assert stands(owner) == expected


def test_disputes_of_payments_that_were_never_ours_are_forgotten(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "crowns.10")
    cards.book.dispute(intent(cards))
    cards.take_in()
    apply("stripe", Told("evt", "disputed", now(), ref="pi_of_others", dispute="du_others"))
    assert Dispute.objects.count() == 2
    with travel(now() + timedelta(days=91)):
        forget_reports()
    assert Dispute.objects.get().purchase == Purchase.objects.get()
