"""What people see and press: the order page, their payments, cancelling, and the Operator's console."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.models import PriceVersion, Purchase, Refund, Subscription
from allonce.kernel.billing.tests.cards import Cards
from allonce.kernel.billing.tests.wares import CROWNS
from allonce.kernel.clock import now, today, travel
from allonce.kernel.jobs import run_due
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(rosa: Person) -> Client:
    return people.browser_of(rosa)


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def test_vip_is_ordered_on_a_page_that_states_the_obligation_to_pay(browser: Client, cards: Cards) -> None:
    shown = page(browser, "/me/billing/order/vip.3/")
    for said in (
        "€44.99",
        "3 months",
        "Order with obligation to pay",
        "at least 24 hours before the end",
        "/legal/terms/",
    ):
        assert said in shown
    answer = browser.post("/me/billing/order/vip.3/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(cards.book.address)
    assert f"form-action 'self' {cards.book.address}" in answer["Content-Security-Policy"]
    cards.press_pay(answer["Location"])
    cards.take_in()
    shown = page(browser, "/me/billing/")
    held = Subscription.objects.get()
    assert "Can be cancelled until" in shown
    assert f"{(held.until - timedelta(hours=24)):%H:%M}" in shown
    assert "€44.99 for 3 months" in shown


@pytest.mark.promise("BILL-RENEWAL-NOTICE")
def test_the_screens_say_that_a_month_has_a_free_exit(browser: Client, cards: Cards, owner: Scope) -> None:
    said = "after every renewal you can end it on any day"
    assert said in page(browser, "/me/billing/order/vip.1/")
    assert said not in page(browser, "/me/billing/order/vip.3/")
    cards.buy(owner, "vip.1")
    assert said in page(browser, "/me/billing/")


@pytest.mark.promise("BILL-NO-BANK-DATA")
def test_the_order_page_has_no_field_to_type_a_card_into(browser: Client, cards: Cards) -> None:
    shown = page(browser, "/me/billing/order/vip.3/")
    assert set(re.findall(r'<input[^>]*name="([^"]+)"', shown)) <= {"csrfmiddlewaretoken"}


def test_after_paying_the_receipt_shows_what_was_bought_and_leads_back(
    browser: Client, cards: Cards, owner: Scope
) -> None:
    url = browser.post("/me/billing/order/crowns.10/", {"next": "/me/billing/"})["Location"]
    bought = Purchase.objects.get()
    receipt = f"/me/billing/purchases/{bought.pk}/"
    assert "on its way" in page(browser, receipt)
    cards.press_pay(url)
    assert browser.post(receipt).status_code == 302
    shown = page(browser, receipt)
    assert "10 Crowns" in shown
    assert "on its way" not in shown
    assert ledger.balance(owner, CROWNS) == 10


def test_a_next_page_elsewhere_is_not_followed(browser: Client, cards: Cards) -> None:
    assert "evil.example" not in page(browser, "/me/billing/order/crowns.10/?next=https://evil.example/")


def test_what_is_not_for_sale_is_not_found(browser: Client) -> None:
    assert browser.get("/me/billing/order/crowns.1/").status_code == 404


def test_without_a_seller_the_page_says_so_and_offers_no_button(browser: Client) -> None:
    shown = page(browser, "/me/billing/order/crowns.10/")
    assert "Nothing can be bought on this site" in shown
    assert "obligation to pay" not in shown
    assert browser.post("/me/billing/order/crowns.10/").status_code == 409


@pytest.mark.promise("BILL-RENEWAL")
def test_cancelling_takes_one_button_and_the_page_says_what_it_means(
    browser: Client, cards: Cards, owner: Scope, rosa: Person
) -> None:
    cards.buy(owner, "vip.3")
    held = Subscription.objects.get()
    address = f"/me/billing/subscriptions/{held.pk}/cancel/"
    assert "It does not renew, and nothing more is charged" in page(browser, address)
    with travel(held.until - timedelta(hours=3)):
        assert "It renews once more" in page(people.browser_of(rosa), address)
    assert browser.post(address).status_code == 302
    assert Subscription.objects.get().state == "cancelled"
    assert browser.post(address).status_code == 409
    cancelled = Entry.objects.get(action="subscription.cancelled")
    assert (cancelled.actor_id, cancelled.actor_via is not None) == (rosa.id, True)


def test_what_may_not_be_ended_at_once_is_not(browser: Client, cards: Cards, owner: Scope) -> None:
    cards.buy(owner, "vip.3")
    held = Subscription.objects.get()
    assert browser.post(f"/me/billing/subscriptions/{held.pk}/end/").status_code == 409
    Subscription.objects.update(free_exit=True)
    assert "€44.99 is refunded" in page(browser, f"/me/billing/subscriptions/{held.pk}/end/")
    assert browser.post(f"/me/billing/subscriptions/{held.pk}/end/").status_code == 302
    assert Subscription.objects.get().state == "ended"


def test_what_is_somebody_elses_is_not_found(cards: Cards, owner: Scope, db: None) -> None:
    cards.buy(owner, "vip.3")
    ben = people.browser_of(people.person("ben@dater.example", "Ben Bay"))
    held, bought = Subscription.objects.get(), Purchase.objects.get()
    for path in (
        f"/me/billing/subscriptions/{held.pk}/cancel/",
        f"/me/billing/subscriptions/{held.pk}/end/",
        f"/me/billing/purchases/{bought.pk}/",
    ):
        assert ben.get(path).status_code == 404
        assert ben.post(path).status_code == 404
    assert "VIP, 3 months" not in page(ben, "/me/billing/")
    assert Subscription.objects.get().state == "active"


def test_the_statement_shows_every_movement_page_by_page(browser: Client, owner: Scope) -> None:
    for number in range(30):
        ledger.grant(owner, CROWNS, 1, key=f"g:{number}", reason="loyalty")
    shown = page(browser, "/me/billing/")
    assert "30 Crowns" in shown
    assert shown.count("Thank you for your loyalty") == 25
    assert page(browser, "/me/billing/?crowns-page=2").count("Thank you for your loyalty") == 5


def test_the_desk_is_for_staff_with_the_duty(sam: Inhabitant, browser: Client) -> None:
    kim = people.fellow(sam, "moderation")
    for path in ("/operator/billing/", "/operator/billing/prices/", f"/operator/billing/purchases/{uuid4()}/"):
        assert browser.get(path).status_code == 404
        assert kim.client.get(path).status_code == 404
        assert Client().get(path).status_code == 302
    assert "No payment is disputed" in page(sam.client, "/operator/billing/")


def test_staff_see_disputes_find_a_receipt_and_give_the_money_back(
    sam: Inhabitant, cards: Cards, owner: Scope, rosa: Person
) -> None:
    cards.buy(owner, "crowns.10")
    bought = Purchase.objects.get()
    intent = next(name for name in cards.book.things if name.startswith("pi_"))
    cards.book.dispute(intent)
    cards.take_in()
    shown = page(sam.client, "/operator/billing/")
    assert str(bought.pk) in shown
    assert rosa.name not in shown
    assert sam.client.get("/operator/billing/", {"number": str(bought.pk)}).status_code == 302
    assert "No purchase has this number" in page(sam.client, "/operator/billing/?number=x")
    address = f"/operator/billing/purchases/{bought.pk}/"
    assert sam.client.post(address).status_code == 302
    run_due()
    cards.take_in()
    assert ledger.balance(owner, CROWNS) == 0
    assert sam.client.post(address).status_code == 409
    assert Refund.objects.get().state == "done"


def test_a_price_rises_for_a_subscriber_only_60_days_after_they_were_told(
    sam: Inhabitant, cards: Cards, owner: Scope
) -> None:
    from allonce.kernel.billing.catalogue.prices import price_of, renewal_price

    cards.buy(owner, "vip.3")
    held = Subscription.objects.get()
    soon = today() + timedelta(days=59)
    answer = sam.client.post(
        "/operator/billing/prices/", {"product": "vip.3", "amount": 4999, "effective_on": soon.isoformat()}
    )
    assert answer.status_code == 422
    assert not PriceVersion.objects.exists()
    due = today() + timedelta(days=60)
    given = {"product": "vip.3", "amount": 4999, "effective_on": due.isoformat()}
    answer = sam.client.post("/operator/billing/prices/", given)
    assert answer.status_code == 302, re.findall(r"(?s)(?:alert-danger|field-error).{0,200}", answer.content.decode())
    assert renewal_price(held) == 4499
    run_due()
    assert (price_of("vip.3").amount, price_of("vip.3", due).amount) == (4499, 4999)
    assert renewal_price(held) == 4999
    held.prices_told.update(at=held.until - timedelta(days=59))
    assert renewal_price(held) == 4499
    assert "€49.99 from" in page(sam.client, "/operator/billing/prices/")


def test_who_subscribes_between_the_announcement_and_its_day_is_told_as_well(
    sam: Inhabitant, cards: Cards, owner: Scope
) -> None:
    from allonce.kernel.billing.catalogue.prices import renewal_price
    from allonce.kernel.billing.jobs import tell_newcomers

    due = today() + timedelta(days=60)
    given = {"product": "vip.3", "amount": 4999, "effective_on": due.isoformat()}
    assert sam.client.post("/operator/billing/prices/", given).status_code == 302
    run_due()
    start = now()
    bought_at = start + timedelta(days=59)
    cards.book.clock = lambda: bought_at
    with travel(bought_at):
        cards.buy(owner, "vip.3")
        held = Subscription.objects.get()
        assert (held.amount, renewal_price(held)) == (4499, 4499)
    # The day has come before the schedule ran: whoever paid the old price is told all the same, once.
    for _run in range(2):
        with travel(start + timedelta(days=60, hours=20)):
            tell_newcomers()
    assert held.prices_told.count() == 1
    assert renewal_price(held) == 4999


def test_a_price_that_another_has_replaced_is_told_to_nobody(sam: Inhabitant, cards: Cards, owner: Scope) -> None:
    from allonce.kernel.billing.jobs import tell_newcomers

    for amount, days in ((4999, 60), (4499, 90)):
        on = (today() + timedelta(days=days)).isoformat()
        sam.client.post("/operator/billing/prices/", {"product": "vip.3", "amount": amount, "effective_on": on})
    run_due()
    with travel(now() + timedelta(days=91)):
        cards.buy(owner, "vip.3")
        tell_newcomers()
    assert PriceVersion.objects.count() == 2
    assert not Subscription.objects.get().prices_told.exists()
