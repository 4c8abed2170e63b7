"""Refunds: never more than the price with what is on its way, tried again after a refusal, settled by a person."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import Actor
from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.errors import NothingToRefund
from allonce.kernel.billing.jobs import bring_back
from allonce.kernel.billing.models import Purchase, Refund, Subscription
from allonce.kernel.billing.purchases import refunds
from allonce.kernel.billing.purchases.refund_queue import refund_later
from allonce.kernel.billing.subscriptions import cancelling
from allonce.kernel.billing.tests.cards import Cards
from allonce.kernel.billing.tests.wares import CROWNS
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs import dead_letters, run_due
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()


@pytest.fixture
def bought(owner: Scope, cards: Cards) -> Purchase:
    cards.buy(owner, "crowns.10")
    return Purchase.objects.get()


def intent(cards: Cards) -> str:
    return next(name for name in cards.book.things if name.startswith("pi_"))


def whole(sam: Inhabitant, purchase: Purchase) -> Refund:
    with people.at_the_console(sam) as access:
        return refunds.refund_whole(access, purchase.pk)


def sent(cards: Cards) -> int:
    return sum(each.get("amount_refunded", 0) for each in cards.book.things.values())


def press(sam: Inhabitant, refund: Refund, act: str) -> int:
    return sam.client.post(f"/operator/billing/refunds/{refund.pk}/", {"act": act}).status_code


def test_what_is_on_its_way_cannot_be_refunded_again(sam: Inhabitant, cards: Cards, bought: Purchase) -> None:
    part = refund_later(bought, 200, "exit")
    rest = whole(sam, bought)
    assert part is not None
    assert (part.amount, rest.amount) == (200, 299)
    with pytest.raises(NothingToRefund):
        whole(sam, bought)
    assert refund_later(bought, 1, "exit") is None
    run_due()
    assert (sent(cards), Purchase.objects.get().refunded) == (499, 499)
    cards.take_in()
    assert Purchase.objects.get().refunded == 499
    assert set(Refund.objects.values_list("state", "by_hand")) == {("done", 0)}


def test_leaving_refunds_no_more_than_what_staff_have_left(owner: Scope, sam: Inhabitant, cards: Cards) -> None:
    cards.buy(owner, "vip.3")
    Subscription.objects.update(free_exit=True)
    held = Subscription.objects.get()
    whole(sam, Purchase.objects.get())
    assert cancelling.leave(owner, held.pk, actor=Actor("person", owner.id)) is None
    run_due()
    assert sent(cards) == 4499


def test_by_hand_is_interest_and_never_what_the_bank_took_back_meanwhile(
    sam: Inhabitant, cards: Cards, bought: Purchase, settings: Settings
) -> None:
    settings.STATUTORY_INTEREST = {date(2020, 1, 1): 1000}
    made = whole(sam, bought)
    cards.book.dispute(intent(cards), amount=400)
    cards.book.dispute(intent(cards), "lost")
    with travel(made.due_by + timedelta(days=365)):
        cards.reports.deliver()
        # The reports first, then the refund that waited.
        from allonce.kernel.billing.models import SellerEvent
        from allonce.kernel.billing.purchases import intake

        for event in SellerEvent.objects.filter(state="waiting").order_by("heard_at"):
            intake.take_in(event.pk)
        run_due()
    made.refresh_from_db()
    assert (made.state, made.amount, made.interest, made.by_hand) == ("done", 99, 10, 10)
    assert (sent(cards), Purchase.objects.get().refunded) == (99, 499)


def test_two_that_leave_at_the_same_time_add_up(cards: Cards, bought: Purchase) -> None:
    first, second = refund_later(bought, 200, "exit"), refund_later(bought, 100, "staff")
    assert first is not None
    assert second is not None
    refunds._prepared(second.pk)
    refunds.send(first.pk)
    refunds.send(second.pk)
    assert Purchase.objects.get().refunded == 300


def refused(cards: Cards, sam: Inhabitant, bought: Purchase) -> Refund:
    """A refund that the seller refuses, because it has forgotten the payment."""
    intent_id = intent(cards)
    kept = cards.book.things.pop(intent_id)
    made = whole(sam, bought)
    run_due()
    cards.book.things[intent_id] = kept
    made.refresh_from_db()
    assert made.state == "refused"
    return made


def test_a_refused_refund_can_be_tried_again(sam: Inhabitant, cards: Cards, bought: Purchase, owner: Scope) -> None:
    made = refused(cards, sam, bought)
    shown = sam.client.get(f"/operator/billing/purchases/{bought.pk}/").content.decode()
    assert "Try it again" in shown
    assert "€4.99" in shown
    assert press(sam, made, "again") == 302
    run_due()
    assert (sent(cards), ledger.balance(owner, CROWNS)) == (499, 0)
    again = Refund.objects.get(state="done")
    assert again.due_by == made.due_by
    assert press(sam, made, "again") == 302
    run_due()
    assert Refund.objects.count() == 2


def test_after_a_refusal_staff_can_also_begin_anew(sam: Inhabitant, cards: Cards, bought: Purchase) -> None:
    refused(cards, sam, bought)
    whole(sam, bought)
    run_due()
    assert sent(cards) == 499


def test_what_was_transferred_by_hand_is_settled_and_leaves_the_desk(
    sam: Inhabitant, cards: Cards, bought: Purchase, owner: Scope
) -> None:
    made = refused(cards, sam, bought)
    assert str(bought.pk) in sam.client.get("/operator/billing/").content.decode()
    assert press(sam, made, "settled") == 302
    assert (ledger.balance(owner, CROWNS), Purchase.objects.get().state) == (0, "refunded")
    assert str(bought.pk) not in sam.client.get("/operator/billing/").content.decode()
    made.refresh_from_db()
    assert (made.state, made.by_hand) == ("done", 499)
    with pytest.raises(NothingToRefund):
        whole(sam, bought)


def test_interest_that_stays_by_hand_waits_at_the_desk_until_it_is_settled(
    sam: Inhabitant, cards: Cards, bought: Purchase, settings: Settings
) -> None:
    settings.STATUTORY_INTEREST = {date(2020, 1, 1): 1000}
    made = whole(sam, bought)
    with travel(made.due_by + timedelta(days=365)):
        run_due()
    made.refresh_from_db()
    assert (made.state, made.interest, made.by_hand) == ("done", 50, 50)
    desk = sam.client.get("/operator/billing/").content.decode()
    assert "€0.50" in desk
    assert press(sam, made, "settled") == 302
    assert "€0.50" not in sam.client.get("/operator/billing/").content.decode()
    assert Purchase.objects.get().refunded == 499


def test_only_staff_with_the_duty_settle(sam: Inhabitant, cards: Cards, bought: Purchase) -> None:
    made = refused(cards, sam, bought)
    kim = people.fellow(sam, "moderation")
    assert press(kim, made, "settled") == 404
    made.refresh_from_db()
    assert made.settled_at is None
    assert sam.client.post(f"/operator/billing/refunds/{uuid4()}/", {"act": "settled"}).status_code == 404


@pytest.mark.slow
def test_a_refund_whose_seller_was_silent_for_days_is_brought_back(
    sam: Inhabitant, cards: Cards, bought: Purchase
) -> None:
    cards.book.faults.silent = True
    start = now()
    whole(sam, bought)
    for step in range(1, 25):
        with travel(start + timedelta(minutes=11 * step)):
            run_due()
    assert dead_letters().filter(name="billing.send_back").count() == 1
    cards.book.faults.silent = False
    with travel(start + timedelta(hours=6)):
        bring_back()
        bring_back()
        run_due()
    assert (sent(cards), Refund.objects.get().state) == (499, "done")
    assert not dead_letters().exists()


def test_bringing_back_leaves_alone_what_has_its_job(sam: Inhabitant, cards: Cards, bought: Purchase) -> None:
    from allonce.kernel.jobs.models import Job

    whole(sam, bought)
    with travel(now() + timedelta(hours=2)):
        bring_back()
        assert Job.objects.filter(name="billing.send_back").count() == 1
        Job.objects.filter(name="billing.send_back").delete()
        bring_back()
        assert Job.objects.filter(name="billing.send_back").count() == 1
        run_due()
    assert sent(cards) == 499
