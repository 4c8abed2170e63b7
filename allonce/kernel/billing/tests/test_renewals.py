"""Renewals by card: when they can be refused, when they are charged, and what a late report cannot do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from allonce.kernel.audit import Actor
from allonce.kernel.billing.errors import NoFreeExit, NothingToCancel, SellerSilent
from allonce.kernel.billing.jobs import renew
from allonce.kernel.billing.models import Purchase, Refund, RenewalNotice, Subscription
from allonce.kernel.billing.purchases import order
from allonce.kernel.billing.subscriptions import cancelling, charging, is_active, open_of
from allonce.kernel.billing.tests.cards import Cards
from allonce.kernel.billing.tests.wares import VIP
from allonce.kernel.clock import travel
from allonce.kernel.errors import NotFound
from allonce.kernel.jobs import run_due
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db
START = datetime(2027, 1, 15, 12, tzinfo=UTC)
END = datetime(2027, 4, 15, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def held(owner: Scope, cards: Cards) -> Iterator[Subscription]:
    """VIP for three months from START."""
    yield bought(owner, cards, "vip.3")


def bought(owner: Scope, cards: Cards, code: str) -> Subscription:
    with travel(START):
        cards.book.clock = lambda: START
        cards.buy(owner, code)
        found = open_of(owner, "club" if code.startswith("club") else VIP)
    assert found is not None
    return found


def pass_time(at: datetime, cards: Cards | None = None) -> None:
    """What the schedule does at that moment; reports of the seller arrive too, if it is given."""
    with travel(at):
        if cards:
            cards.book.clock = lambda: at
        renew()
        run_due()
        if cards:
            cards.take_in()


def cancel(held: Subscription, at: datetime) -> Subscription:
    with travel(at):
        return cancelling.cancel(held.owner, held.pk, actor=Actor("person", held.scope_id))


def now_is(held: Subscription) -> Subscription:
    held.refresh_from_db()
    return held


def letters(kind: str) -> int:
    return OutboxMail.objects.filter(kind=kind).count()


def test_three_months_are_three_calendar_months(held: Subscription, owner: Scope) -> None:
    assert (held.until, held.term, held.state) == (END, 1, "active")
    with travel(END - SECOND):
        assert is_active(owner, VIP)


@pytest.mark.promise("BILL-RENEWAL")
def test_cancelled_24_hours_before_the_end_to_the_second_it_does_not_renew(held: Subscription, cards: Cards) -> None:
    assert cancel(held, END - DAY).state == "cancelled"
    pass_time(END - timedelta(hours=1), cards)
    assert len(cards.book.payments_of(_customer(cards))) == 1
    with travel(END - SECOND):
        assert is_active(held.owner, VIP)
    pass_time(END, cards)
    assert now_is(held).state == "ended"
    with travel(END):
        assert not is_active(held.owner, VIP)


@pytest.mark.promise("BILL-RENEWAL")
def test_cancelled_a_second_later_it_renews_once_more_and_says_so(held: Subscription, cards: Cards) -> None:
    before = letters("billing.ended")
    assert cancel(held, END - DAY + SECOND).state == "active"
    assert letters("billing.ended") == before + 1
    pass_time(END - timedelta(hours=1), cards)
    held = now_is(held)
    assert (held.term, held.state, held.until) == (2, "cancelled", datetime(2027, 7, 15, 12, tzinfo=UTC))
    pass_time(held.until, cards)
    assert now_is(held).state == "ended"


@pytest.mark.promise("BILL-RENEWAL")
def test_the_renewal_is_charged_within_the_last_24_hours_and_not_before(held: Subscription, cards: Cards) -> None:
    pass_time(END - DAY, cards)
    assert now_is(held).term == 1
    pass_time(END - DAY + SECOND, cards)
    assert (now_is(held).term, held.until) == (2, datetime(2027, 7, 15, 12, tzinfo=UTC))
    assert letters("billing.renewed") == 1


def test_run_twice_the_schedule_charges_once(held: Subscription, cards: Cards) -> None:
    for _time in range(3):
        pass_time(END - timedelta(hours=2), cards)
    assert now_is(held).term == 2
    assert len(cards.book.payments_of(_customer(cards))) == 2


def test_when_the_answer_is_lost_the_money_is_taken_once(held: Subscription, cards: Cards) -> None:
    cards.book.faults.lost_answers = 9
    with travel(END - timedelta(hours=3)):
        assert charging.due() == [held.pk]
        with pytest.raises(SellerSilent):
            charging.charge(held.pk)
    cards.book.faults.lost_answers = 0
    cards.book.answered.clear()  # As if the seller had forgotten the key: a day later it would have.
    pass_time(END - timedelta(minutes=5))
    assert now_is(held).term == 2
    assert len(cards.book.payments_of(_customer(cards))) == 2
    cards.take_in()
    assert now_is(held).term == 2


def test_a_declined_card_keeps_access_for_the_days_of_grace_and_is_tried_again(
    held: Subscription, cards: Cards
) -> None:
    cards.book.faults.declines = 2
    pass_time(END - timedelta(hours=23), cards)
    assert (now_is(held).state, letters("billing.payment")) == ("active", 1)
    pass_time(END + timedelta(hours=2), cards)
    assert now_is(held).state == "past_due"
    with travel(END + timedelta(days=1)):
        assert is_active(held.owner, VIP)
    pass_time(END + timedelta(days=2), cards)
    held = now_is(held)
    assert (held.state, held.term, held.until) == ("active", 2, datetime(2027, 7, 15, 12, tzinfo=UTC))
    assert letters("billing.payment") == 1


def test_when_grace_is_over_it_ends_and_late_money_goes_back_and_revives_nothing(
    held: Subscription, cards: Cards
) -> None:
    cards.book.faults.declines = 99
    for day in range(-1, 9):
        pass_time(END + timedelta(days=day, hours=1), cards)
    assert now_is(held).state == "ended"
    with travel(END + timedelta(days=9)):
        late = Purchase.objects.get(subscription=held, term=2)
        intent = cards.book._paid(late.amount, "eur", _customer(cards), str(late.pk))
        cards.take_in()
        assert now_is(held).state == "ended"
        assert not is_active(held.owner, VIP)
        assert Refund.objects.get().state == Refund.State.DONE
        assert intent["amount_refunded"] == late.amount


def test_after_a_refund_of_the_term_a_late_report_of_its_payment_revives_nothing(
    held: Subscription, cards: Cards
) -> None:
    with travel(START + DAY):
        intent = next(name for name in cards.book.things if name.startswith("pi_"))
        cards.book.refund({"payment_intent": intent})
        cards.take_in()
        assert now_is(held).state == "ended"
        cards.book.event("payment_intent.succeeded", cards.book.get(intent))
        cards.take_in()
        assert now_is(held).state == "ended"
        assert not is_active(held.owner, VIP)


@pytest.mark.promise("BILL-TRIALS")
def test_a_trial_is_charged_on_the_first_day_after_it_after_a_reminder(owner: Scope, cards: Cards) -> None:
    held = bought(owner, cards, "club.3")
    assert (held.state, held.until) == ("trial", datetime(2027, 1, 23, tzinfo=UTC))
    assert not [name for name in cards.book.things if name.startswith("pi_")]
    pass_time(held.until - timedelta(days=2), cards)
    assert letters("billing.payment") == 1
    pass_time(held.until - SECOND, cards)
    assert now_is(held).term == 0
    pass_time(held.until + timedelta(minutes=5), cards)
    held = now_is(held)
    assert (held.state, held.term, held.until) == ("active", 1, datetime(2027, 4, 23, tzinfo=UTC))
    assert not held.free_exit


@pytest.mark.promise("BILL-TRIALS")
def test_a_trial_cancelled_in_its_last_second_costs_nothing(owner: Scope, cards: Cards) -> None:
    held = bought(owner, cards, "club.3")
    cancel(held, held.until - SECOND)
    pass_time(held.until + DAY, cards)
    assert now_is(held).state == "ended"
    assert not [name for name in cards.book.things if name.startswith("pi_")]


@pytest.mark.promise("BILL-TRIALS")
def test_a_trial_comes_once(owner: Scope, cards: Cards) -> None:
    held = bought(owner, cards, "club.3")
    cancel(held, START + DAY)
    pass_time(held.until + DAY, cards)
    with travel(START + timedelta(days=30)):
        cards.press_pay(order(owner, "club.3", actor=Actor("person", owner.id)))
        cards.take_in()
        again = open_of(owner, "club")
        assert again is not None
        assert (again.state, again.term) == ("active", 1)


def test_what_is_cancelled_cannot_be_cancelled_again_and_not_by_others(held: Subscription) -> None:
    cancel(held, START + DAY)
    with pytest.raises(NothingToCancel):
        cancel(held, START + DAY)
    with pytest.raises(NotFound):
        cancelling.cancel(Scope("person", held.pk), held.pk, actor=Actor("person", held.pk))


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
def test_with_a_notice_in_time_the_next_term_runs_to_its_end(held: Subscription, cards: Cards) -> None:
    pass_time(datetime(2027, 2, 13, 12, tzinfo=UTC))
    assert letters("billing.renewal") == 0
    pass_time(datetime(2027, 2, 14, 12, tzinfo=UTC))
    pass_time(datetime(2027, 2, 15, 12, tzinfo=UTC))
    assert letters("billing.renewal") == 1
    _settle_letters("accepted", datetime(2027, 2, 15, 13, tzinfo=UTC))
    pass_time(END - timedelta(hours=1), cards)
    assert (now_is(held).term, held.free_exit) == (2, False)
    with travel(END + DAY), pytest.raises(NoFreeExit):
        cancelling.leave(held.owner, held.pk, actor=Actor("person", held.scope_id))


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
@pytest.mark.parametrize("fate", ["never written", "bounced", "too late"])
def test_without_a_notice_it_may_be_ended_any_day_and_the_rest_goes_back(
    held: Subscription, cards: Cards, fate: str
) -> None:
    if fate != "never written":
        pass_time(datetime(2027, 2, 20, 12, tzinfo=UTC))
        late = datetime(2027, 3, 20, tzinfo=UTC) if fate == "too late" else datetime(2027, 2, 20, 13, tzinfo=UTC)
        _settle_letters("bounced" if fate == "bounced" else "accepted", late)
    pass_time(END - timedelta(hours=1), cards)
    assert (now_is(held).term, held.free_exit) == (2, True)
    at = datetime(2027, 5, 15, 12, tzinfo=UTC)
    with travel(at):
        refund = cancelling.leave(held.owner, held.pk, actor=Actor("person", held.scope_id))
        assert refund is not None
        # 61 of 91 days are left.
        assert (refund.amount, refund.due_by) == (-(-4499 * 61 // 91), at + timedelta(days=30))
        run_due()
        refund.refresh_from_db()
        assert (refund.state, refund.interest) == ("done", 0)
        assert not is_active(held.owner, VIP)
        cards.take_in()
        assert Purchase.objects.get(term=2).refunded == refund.amount


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
def test_a_refund_that_leaves_late_carries_statutory_interest(
    held: Subscription, cards: Cards, settings: object
) -> None:
    from datetime import date

    settings.STATUTORY_INTEREST = {date(2027, 1, 1): 1000}  # type: ignore[attr-defined]
    pass_time(END - timedelta(hours=1), cards)
    with travel(END + DAY):
        refund = cancelling.leave(held.owner, held.pk, actor=Actor("person", held.scope_id))
    assert refund is not None
    with travel(refund.due_by + timedelta(days=20)):
        run_due()
    refund.refresh_from_db()
    # 4,450 cents at 10 % for 20 days; what goes beyond the price itself is paid by hand.
    assert (refund.amount, refund.interest, refund.by_hand) == (4450, 24, 0)
    paid = next(each for each in cards.book.payments_of(_customer(cards)) if each["amount_refunded"])
    assert paid["amount_refunded"] == 4474


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
def test_a_month_is_renewed_with_a_free_exit_every_time(owner: Scope, cards: Cards) -> None:
    held = bought(owner, cards, "vip.1")
    assert not cancelling.may_exit(held)
    for month in (2, 3):
        pass_time(datetime(2027, month, 15, 11, tzinfo=UTC), cards)
        assert (now_is(held).term, held.free_exit) == (month, True)
    assert not RenewalNotice.objects.exists()


def _settle_letters(state: str, at: datetime) -> None:
    OutboxMail.objects.filter(kind="billing.renewal").update(state=state, settled_at=at)


def _customer(cards: Cards) -> str:
    return next(name for name in cards.book.things if name.startswith("cus_"))


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
def test_the_notice_is_a_letter_of_its_own_with_the_last_day_in_a_visible_box(held: Subscription) -> None:
    pass_time(datetime(2027, 2, 14, 12, tzinfo=UTC))
    [said] = [each for each in mail.outbox if "renews soon" in each.subject]
    html = str(said.alternatives[0][0])  # type: ignore[attr-defined]  # a letter has both forms
    box = "Last day to refuse the renewal: 14 Apr 2027, 12:00 UTC"
    assert "border:2px solid" in html.partition(box)[0][-300:]
    assert f"=\n{box}\n=" in said.body
    assert "€44.99" in said.body


def test_the_confirmation_carries_the_terms(owner: Scope, cards: Cards) -> None:
    call_command("legal")
    bought(owner, cards, "vip.3")
    [said] = [each for each in mail.outbox if each.subject.startswith("Your order")]
    assert [each[0] for each in said.attachments] == ["terms-version-1.pdf"]
    assert "You can cancel until 14 Apr 2027, 12:00 UTC" in said.body
