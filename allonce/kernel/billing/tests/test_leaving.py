"""Whoever leaves: charged no more, money that comes or waits goes back, and the seller forgets them."""

from datetime import timedelta

import pytest

from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.billing.models import (
    Farewell,
    LedgerAccount,
    PayerRecord,
    Purchase,
    Refund,
    ReturnAddress,
    Subscription,
)
from allonce.kernel.billing.purchases import order
from allonce.kernel.billing.purchases.refund_queue import refund_later
from allonce.kernel.billing.tests.cards import Cards
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs import run_due
from allonce.kernel.privacy.ports import rights_actions
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db


def leaves(rosa: Person) -> None:
    rights_actions().erase_person(rosa.id, actor=SYSTEM)
    run_due()


def asked(owner: Scope, code: str) -> str:
    return order(owner, code, actor=Actor("person", owner.id))


def customers(cards: Cards) -> list[str]:
    return [name for name in cards.book.things if name.startswith("cus_")]


def test_open_orders_lapse_and_a_payment_that_comes_all_the_same_goes_back(
    cards: Cards, owner: Scope, rosa: Person
) -> None:
    pack, plan = asked(owner, "crowns.10"), asked(owner, "vip.3")
    leaves(rosa)
    assert set(Purchase.objects.values_list("state", flat=True)) == {"lapsed"}
    cards.press_pay(pack)
    cards.press_pay(plan)
    cards.take_in()
    assert sorted(Refund.objects.values_list("why", "state", "amount")) == [
        ("left", "done", 499),
        ("left", "done", 4499),
    ]
    assert sorted(each["amount_refunded"] for each in cards.book.things.values() if "amount_refunded" in each) == [
        499,
        4499,
    ]
    assert not ReturnAddress.objects.exists()
    assert not Subscription.objects.exists()
    assert not LedgerAccount.objects.exists()
    # The seller made a customer for the plan; it is forgotten, too.
    assert not customers(cards)


def test_a_renewal_that_is_paid_after_its_owner_left_goes_back(cards: Cards, owner: Scope, rosa: Person) -> None:
    cards.buy(owner, "vip.1")
    held = Subscription.objects.get()
    with travel(held.until - timedelta(hours=1)):
        from allonce.kernel.billing.subscriptions import charging

        renewal = charging._prepared(held.pk)
        assert renewal is not None
        customer = customers(cards)[0]
        leaves(rosa)
        intent = cards.book._paid(1999, "eur", customer, str(renewal.pk))
        cards.take_in()
        assert intent["amount_refunded"] == 1999
        assert not Subscription.objects.exists()


def test_a_refund_that_waits_still_goes_back_after_its_owner_left(cards: Cards, owner: Scope, rosa: Person) -> None:
    cards.buy(owner, "crowns.10")
    cards.book.faults.silent = True
    refund_later(Purchase.objects.get(), 499, "staff")
    leaves(rosa)
    assert ReturnAddress.objects.count() == 1
    cards.book.faults.silent = False
    with travel(now() + timedelta(minutes=11)):
        run_due()
    assert Refund.objects.get().state == "done"
    assert not ReturnAddress.objects.exists()
    [intent] = [each for each in cards.book.things.values() if each["object"] == "payment_intent"]
    assert intent["amount_refunded"] == 499


def test_a_trial_that_is_begun_at_the_seller_after_its_owner_left_begins_nowhere(
    cards: Cards, owner: Scope, rosa: Person
) -> None:
    url = asked(owner, "club.3")
    leaves(rosa)
    cards.press_pay(url)
    cards.take_in()
    assert not Subscription.objects.exists()
    assert not customers(cards)


def test_a_customer_that_another_one_replaces_is_forgotten_at_the_seller(cards: Cards, owner: Scope) -> None:
    first, second = asked(owner, "vip.3"), asked(owner, "club.3")
    cards.press_pay(first)
    cards.take_in()
    [before] = customers(cards)
    cards.press_pay(second)
    cards.take_in()
    assert before not in customers(cards)
    assert [PayerRecord.objects.get().customer] == customers(cards)
    assert not Farewell.objects.exists()


def test_what_tax_law_wants_stays_beside_an_id_of_nobody(cards: Cards, owner: Scope, rosa: Person) -> None:
    cards.buy(owner, "vip.1")
    cards.buy(owner, "crowns.10")
    assert customers(cards)
    leaves(rosa)
    assert not (Subscription.objects.exists() or LedgerAccount.objects.exists() or PayerRecord.objects.exists())
    assert not customers(cards)
    assert sorted(Purchase.objects.values_list("amount", "state")) == [(499, "paid"), (1999, "paid")]
    assert not Refund.objects.exists()


@pytest.mark.slow
def test_a_farewell_that_a_silent_seller_did_not_hear_is_brought_back(cards: Cards, owner: Scope, rosa: Person) -> None:
    from allonce.kernel.billing.jobs import bring_back
    from allonce.kernel.jobs import dead_letters

    cards.buy(owner, "vip.1")
    cards.book.faults.silent = True
    start = now()
    leaves(rosa)
    for step in range(1, 25):
        with travel(start + timedelta(minutes=11 * step)):
            run_due()
    assert dead_letters().filter(name="billing.forget").count() == 1
    cards.book.faults.silent = False
    with travel(start + timedelta(hours=6)):
        bring_back()
        run_due()
    assert not customers(cards)
    assert not Farewell.objects.exists()
