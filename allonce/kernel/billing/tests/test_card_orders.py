"""Orders by card, through the seller's own client over HTTP to its double on loopback."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.card_double.reporting import signature
from allonce.kernel.billing.errors import AlreadySubscribed, NotSoldHere, SellerSilent, UnknownProduct
from allonce.kernel.billing.jobs import ask_again
from allonce.kernel.billing.models import Movement, Purchase, Refund, SellerEvent, SellerRecord
from allonce.kernel.billing.purchases import order
from allonce.kernel.billing.subscriptions import is_active, open_of
from allonce.kernel.billing.tests.cards import WEBHOOK, Cards
from allonce.kernel.billing.tests.wares import CROWNS, VIP
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs import run_due
from allonce.kernel.post.models import OutboxMail
from allonce.kernel.post.ports import ProcessorNotAllowed
from allonce.kernel.vault import Scope

pytestmark = pytest.mark.django_db


def asked(owner: Scope, code: str) -> str:
    return order(owner, code, actor=Actor("person", owner.id))


def states() -> list[str]:
    return list(Purchase.objects.order_by("ordered_at").values_list("state", flat=True))


def paid_intent(cards: Cards) -> str:
    return next(name for name in cards.book.things if name.startswith("pi_"))


def test_a_pack_is_ordered_paid_and_delivered(owner: Scope, cards: Cards) -> None:
    url = asked(owner, "crowns.10")
    assert ledger.balance(owner, CROWNS) == 0
    cards.press_pay(url)
    assert set(cards.take_in()) == {204}
    assert ledger.balance(owner, CROWNS) == 10
    assert states() == ["paid"]
    assert OutboxMail.objects.filter(kind="billing.bought", scope_id=owner.id).count() == 1


def test_doubled_and_reordered_reports_deliver_once(owner: Scope, cards: Cards) -> None:
    cards.press_pay(asked(owner, "crowns.10"))
    assert cards.names() == ["payment_intent.succeeded", "checkout.session.completed"]
    cards.take_in(1, 1, 0, 1, 0)
    assert ledger.balance(owner, CROWNS) == 10
    assert SellerEvent.objects.count() == 2
    assert Movement.objects.count() == 1


@pytest.mark.parametrize(
    ("signed", "status"),
    [("", 400), ("t=1,v1=00", 400), ("old", 204), ("two", 204), ("stale", 400), ("other body", 400)],
)
def test_only_reports_signed_with_a_secret_in_force_change_anything(
    owner: Scope, cards: Cards, signed: str, status: int
) -> None:
    cards.press_pay(asked(owner, "crowns.10"))
    body = json.dumps(cards.reports.events[1]).encode()
    right = signature("whsec_new", body)
    headers = {
        "old": signature("whsec_old", body),
        "two": f"{signature('whsec_gone', body)},{right.partition(',')[2]}",
        "stale": signature("whsec_new", body, at=1_700_000_000),
        "other body": signature("whsec_new", body + b" "),
    }
    client = Client(headers={"Stripe-Signature": headers.get(signed, signed)})
    assert client.post(WEBHOOK, body, content_type="application/json").status_code == status
    run_due()
    assert ledger.balance(owner, CROWNS) == (10 if status == 204 else 0)


def test_a_seller_that_is_not_set_up_has_no_address(db: None) -> None:
    assert Client().post("/webhooks/sellers/google-play/", b"{}", content_type="application/json").status_code == 404


def test_an_order_whose_report_was_lost_is_asked_for(owner: Scope, cards: Cards) -> None:
    cards.press_pay(asked(owner, "crowns.10"))
    with travel(now() + timedelta(minutes=6)):
        ask_again()
    assert ledger.balance(owner, CROWNS) == 10
    cards.take_in()
    assert ledger.balance(owner, CROWNS) == 10


def test_an_order_that_nobody_paid_is_given_up_and_a_late_payment_still_counts(owner: Scope, cards: Cards) -> None:
    url = asked(owner, "crowns.10")
    with travel(now() + timedelta(hours=26)):
        ask_again()
        assert states() == ["lapsed"]
        cards.press_pay(url)
        cards.take_in()
    assert states() == ["paid"]
    assert ledger.balance(owner, CROWNS) == 10


def test_an_order_that_the_seller_will_not_tell_of_keeps_nobody_from_the_others(owner: Scope, cards: Cards) -> None:
    old, odd, paid = asked(owner, "crowns.3"), asked(owner, "crowns.3"), asked(owner, "crowns.10")
    given_up, refused, _other = Purchase.objects.order_by("ordered_at")
    Purchase.objects.filter(pk=given_up.pk).update(ordered_at=now() - timedelta(hours=26))
    for url in (old, odd):
        del cards.book.things[url.rpartition("/")[2]]
    cards.press_pay(paid)
    with travel(now() + timedelta(minutes=6)):
        ask_again()
    assert ledger.balance(owner, CROWNS) == 10
    refused.refresh_from_db()
    assert (states()[0], refused.state) == ("lapsed", "ordered")


def test_while_the_seller_is_silent_old_orders_are_given_up_all_the_same(owner: Scope, cards: Cards) -> None:
    asked(owner, "crowns.10")
    cards.book.faults.silent = True
    with travel(now() + timedelta(hours=26)):
        asked_late = Purchase.objects.create(
            scope_kind="person", scope_id=owner.id, seller="stripe", product="crowns.3", amount=199, currency="EUR"
        )
        Purchase.objects.filter(pk=asked_late.pk).update(ordered_at=now() - timedelta(minutes=10))
        ask_again()
    assert states() == ["lapsed", "ordered"]


def test_while_the_seller_is_silent_nothing_is_ordered_and_the_person_is_told(owner: Scope, cards: Cards) -> None:
    cards.book.faults.silent = True
    with pytest.raises(SellerSilent):
        asked(owner, "crowns.10")
    assert states() == ["lapsed"]


def test_what_is_not_for_sale_and_what_nobody_sells_is_refused(owner: Scope, settings: Settings) -> None:
    with pytest.raises(NotSoldHere):
        asked(owner, "crowns.10")
    settings.SELLERS = settings.SELLERS | {"stripe_key": "k", "stripe_webhook_secrets": ["s"]}
    with pytest.raises(UnknownProduct):
        asked(owner, "crowns.1")


def test_data_goes_to_no_seller_that_nobody_approved(owner: Scope, settings: Settings) -> None:
    settings.SELLERS = settings.SELLERS | {"stripe_key": "k", "stripe_webhook_secrets": ["s"]}
    with pytest.raises(ProcessorNotAllowed):
        asked(owner, "crowns.10")


def test_a_refund_takes_back_what_it_had_paid_for_in_the_same_measure(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "crowns.10")
    intent = paid_intent(cards)
    cards.book.refund({"payment_intent": intent, "amount": "250"})
    cards.book.refund({"payment_intent": intent, "amount": "249"})
    cards.take_in(3, 2, 3)
    assert ledger.balance(owner, CROWNS) == 0
    assert states() == ["refunded"]
    taken = Movement.objects.filter(kind="refund").values_list("amount", flat=True)
    assert sum(taken) == -10


def test_a_part_that_goes_back_takes_a_part(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "crowns.10")
    cards.book.refund({"payment_intent": paid_intent(cards), "amount": "250"})
    cards.take_in()
    assert ledger.balance(owner, CROWNS) == 5
    assert states() == ["paid"]


def test_a_refund_that_is_told_before_its_payment_leaves_nothing(owner: Scope, cards: Cards) -> None:
    cards.press_pay(asked(owner, "crowns.10"))
    cards.book.refund({"payment_intent": paid_intent(cards)})
    cards.take_in(2)
    assert states() == ["refunded"]
    cards.take_in()
    assert states() == ["refunded"]
    assert ledger.balance(owner, CROWNS) == 0
    assert ledger.owed(owner, CROWNS) == 0


def test_a_dispute_takes_nothing_before_the_bank_has_decided(owner: Scope, cards: Cards) -> None:
    cards.buy(owner, "crowns.10")
    cards.book.dispute(paid_intent(cards))
    cards.take_in()
    assert (states(), ledger.balance(owner, CROWNS)) == (["disputed"], 10)
    cards.book.dispute(paid_intent(cards), "won")
    cards.take_in()
    assert (states(), ledger.balance(owner, CROWNS)) == (["paid"], 10)
    cards.book.dispute(paid_intent(cards))
    cards.book.dispute(paid_intent(cards), "lost")
    cards.take_in()
    assert (states(), ledger.balance(owner, CROWNS)) == (["refunded"], 0)


def test_a_subscription_is_ordered_once_and_a_second_payment_goes_back(owner: Scope, cards: Cards) -> None:
    first, second = asked(owner, "vip.3"), asked(owner, "vip.1")
    cards.press_pay(first)
    cards.press_pay(second)
    cards.take_in()
    held = open_of(owner, VIP)
    assert held is not None
    assert held.plan == "vip.3"
    assert is_active(owner, VIP)
    assert Refund.objects.get().state == Refund.State.DONE
    assert sorted(states()) == ["paid", "refunded"]
    with pytest.raises(AlreadySubscribed):
        asked(owner, "vip.6")


@pytest.mark.promise("BILL-NO-BANK-DATA")
def test_of_the_seller_only_an_opaque_id_is_kept_and_that_is_sealed(owner: Scope, cards: Cards, rosa: Person) -> None:
    from django.db import connection

    cards.buy(owner, "vip.3")
    assert SellerRecord.objects.get().ref == paid_intent(cards)
    tables = [name for name in connection.introspection.table_names() if name.startswith(("billing_", "jobs_"))]
    ids = [name.encode() for name in cards.book.things]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            stored = repr(cursor.fetchall()).encode()
            assert not [each for each in ids if each in stored], table


@pytest.mark.promise("BILL-NO-BANK-DATA")
def test_no_field_of_the_product_is_made_for_a_card_or_an_account_number() -> None:
    import re

    from django.apps import apps

    wrong = re.compile(r"(^|_)(card|iban|bic|cvc|cvv|pan|sort_code|account_number)(_|$)")
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if wrong.search(field.name)
    ]
    assert not found
