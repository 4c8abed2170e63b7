"""App Store notifications: signed in Apple's format by a chain made here, judged by Apple's own library."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import jwt
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import Actor
from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.errors import ForgedReport, NoToken, SoldElsewhere, TokenTaken
from allonce.kernel.billing.models import Movement, Purchase, SellerEvent, Subscription, UnclaimedPurchase
from allonce.kernel.billing.purchases import claim, keep, store_token
from allonce.kernel.billing.sellers.app_store import AppStore
from allonce.kernel.billing.sellers.configured import seller_of
from allonce.kernel.billing.subscriptions import advancing, cancelling, is_active, open_of
from allonce.kernel.billing.tests.stores import BUNDLE, Apple
from allonce.kernel.billing.tests.wares import CROWNS, VIP
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs import run_due
from allonce.kernel.vault import Scope

pytestmark = [pytest.mark.django_db]
ADDRESS = "/webhooks/sellers/app-store/"
MONTHS = timedelta(days=90)


@pytest.fixture
def apple(settings: Settings, tmp_path: Path) -> Apple:
    made = Apple()
    (tmp_path / "root.cer").write_bytes(made.root)
    settings.SELLERS = settings.SELLERS | {
        "app_store_bundle": BUNDLE,
        "app_store_environment": "Sandbox",
        "app_store_roots": [str(tmp_path / "root.cer")],
        "app_store_online_checks": False,
    }
    return made


def told(body: bytes, status: int = 204) -> None:
    assert Client().post(ADDRESS, body, content_type="application/json").status_code == status
    run_due()


def vip(apple: Apple, token: UUID, number: str, until: object, kind: str = "SUBSCRIBED", **more: object) -> bytes:
    subtype, at = str(more.pop("subtype", "")), more.pop("at", None)
    signed = apple.transaction("vip.3", number, original="1", until=until, appAccountToken=str(token), **more)
    return apple.notice(kind, signed, subtype=subtype, at=at)  # type: ignore[arg-type]  # a moment or None


@pytest.mark.promise("DATE-STORES")
def test_a_pack_told_twice_is_delivered_once(apple: Apple, owner: Scope) -> None:
    signed = apple.transaction("crowns.10", "7001", appAccountToken=str(store_token(owner)))
    body = apple.notice("ONE_TIME_CHARGE", signed)
    told(body)
    told(body)
    told(apple.notice("ONE_TIME_CHARGE", signed))
    assert ledger.balance(owner, CROWNS) == 10
    assert (Purchase.objects.get().amount, Purchase.objects.get().currency) == (499, "EUR")


def test_two_packs_at_once_are_twice_as_many(apple: Apple, owner: Scope) -> None:
    signed = apple.transaction("crowns.10", "7001", appAccountToken=str(store_token(owner)), quantity=2, price=9980)
    told(apple.notice("ONE_TIME_CHARGE", signed))
    assert ledger.balance(owner, CROWNS) == 20


FORGERIES = ("another root", "changed", "another app", "no chain", "a chain without its root", "signed by another")


@pytest.mark.promise("DATE-STORES")
@pytest.mark.parametrize("forgery", [*FORGERIES, "rubbish", "another world"])
def test_forged_notifications_are_refused_and_change_nothing(apple: Apple, owner: Scope, forgery: str) -> None:
    token = str(store_token(owner))
    good = apple.notice("ONE_TIME_CHARGE", apple.transaction("crowns.10", "7001", appAccountToken=token))
    payload = json.loads(good)["signedPayload"]
    other, said = Apple(), jwt.decode(payload, options={"verify_signature": False})
    chain = {"x5c": jwt.get_unverified_header(payload)["x5c"]}
    half = {"x5c": chain["x5c"][:2]}
    forged: dict[str, str | bytes] = {
        "another root": other.notice("ONE_TIME_CHARGE", other.transaction("crowns.10", "7", appAccountToken=token)),
        "changed": json.dumps({"signedPayload": payload[:-6] + ("AAAAAA" if payload[-6:] != "AAAAAA" else "BBBBBB")}),
        "another app": apple.notice(
            "ONE_TIME_CHARGE", apple.transaction("crowns.10", "7", appAccountToken=token, bundleId="com.other")
        ),
        "no chain": json.dumps({"signedPayload": jwt.encode(said, apple.keys[2], algorithm="ES256")}),
        "a chain without its root": json.dumps({"signedPayload": jwt.encode(said, apple.keys[2], "ES256", half)}),
        "signed by another": json.dumps({"signedPayload": jwt.encode(said, other.keys[2], "ES256", chain)}),
        "rubbish": b"[]",
        "another world": apple.notice(
            "ONE_TIME_CHARGE", apple.transaction("crowns.10", "7", appAccountToken=token, environment="Production")
        ),
    }
    body = forged[forgery]
    told(body if isinstance(body, bytes) else body.encode(), 400)
    assert not Purchase.objects.exists()
    assert not SellerEvent.objects.exists()
    # The same words, signed by the right key with the right chain, count: only the forgery was refused.
    told(json.dumps({"signedPayload": jwt.encode(said, apple.keys[2], "ES256", chain)}).encode())
    assert Purchase.objects.get().state == "paid"


def test_a_purchase_before_the_account_exists_waits_and_is_taken_in_at_the_claim(apple: Apple, owner: Scope) -> None:
    token = uuid4()
    told(apple.notice("ONE_TIME_CHARGE", apple.transaction("crowns.10", "7001", appAccountToken=str(token))))
    told(vip(apple, token, "8001", now() + MONTHS))
    assert UnclaimedPurchase.objects.count() == 2
    assert not Purchase.objects.exists()
    actor = Actor("person", owner.id)
    assert claim(owner, str(token), actor=actor) == 2
    assert claim(owner, str(token), actor=actor) == 0
    assert ledger.balance(owner, CROWNS) == 10
    assert is_active(owner, VIP)
    assert not UnclaimedPurchase.objects.exists()
    other = Scope("person", people.person("ben@dater.example").id)
    with pytest.raises(TokenTaken):
        claim(other, str(token), actor=Actor("person", other.id))


def test_a_refund_before_the_claim_leaves_nothing(apple: Apple, owner: Scope) -> None:
    token = uuid4()
    signed = apple.transaction("crowns.10", "7001", appAccountToken=str(token))
    told(apple.notice("REFUND", signed, at=now() + timedelta(hours=1)))
    told(apple.notice("ONE_TIME_CHARGE", signed))
    claim(owner, str(token), actor=Actor("person", owner.id))
    assert ledger.balance(owner, CROWNS) == 0
    assert Purchase.objects.get().state == "refunded"
    assert ledger.check() == []


def test_a_refund_told_before_its_purchase_leaves_nothing(apple: Apple, owner: Scope) -> None:
    signed = apple.transaction("crowns.10", "7001", appAccountToken=str(store_token(owner)))
    told(apple.notice("REFUND", signed))
    told(apple.notice("ONE_TIME_CHARGE", signed))
    assert ledger.balance(owner, CROWNS) == 0
    assert not Movement.objects.exists()


@pytest.mark.promise("DATE-STORES")
def test_a_refund_takes_back_and_its_reversal_gives_again(apple: Apple, owner: Scope) -> None:
    signed = apple.transaction("crowns.10", "7001", appAccountToken=str(store_token(owner)))
    told(apple.notice("ONE_TIME_CHARGE", signed))
    ledger.spend(owner, CROWNS, 4, key="s", reason="test.message")
    told(apple.notice("REFUND", signed))
    assert (ledger.balance(owner, CROWNS), ledger.owed(owner, CROWNS)) == (0, 4)
    told(apple.notice("REFUND_REVERSED", signed))
    assert (ledger.balance(owner, CROWNS), ledger.owed(owner, CROWNS)) == (6, 0)
    assert ledger.check() == []


def test_refunded_again_after_its_reversal_it_takes_back_again(apple: Apple, owner: Scope) -> None:
    signed = apple.transaction("crowns.10", "7001", appAccountToken=str(store_token(owner)))
    told(apple.notice("ONE_TIME_CHARGE", signed))
    for _time in range(2):
        told(apple.notice("REFUND", signed))
        assert ledger.balance(owner, CROWNS) == 0
        told(apple.notice("REFUND_REVERSED", signed))
        assert ledger.balance(owner, CROWNS) == 10
    told(apple.notice("REFUND", signed))
    assert (ledger.balance(owner, CROWNS), Purchase.objects.get().state) == (0, "refunded")
    assert ledger.check() == []


def test_an_empty_token_claims_nothing(apple: Apple, owner: Scope) -> None:
    signed = apple.transaction("crowns.10", "7001")
    told(apple.notice("ONE_TIME_CHARGE", signed))
    assert UnclaimedPurchase.objects.count() == 1
    for empty in ("", "  "):
        with pytest.raises(NoToken):
            claim(owner, empty, actor=Actor("person", owner.id))
    assert not Purchase.objects.exists()


def test_one_purchase_that_cannot_be_claimed_keeps_nobody_from_the_others(apple: Apple, owner: Scope) -> None:
    token = str(uuid4())
    told(apple.notice("ONE_TIME_CHARGE", apple.transaction("crowns.10", "7001", appAccountToken=token)))
    told(apple.notice("ONE_TIME_CHARGE", apple.transaction("crowns.10", "7002", appAccountToken=token)))
    broken = UnclaimedPurchase.objects.order_by("at", "pk")[0].event
    kept = broken.told
    broken.told = kept | {"store_id": "com.example.gone"}
    broken.save()
    actor = Actor("person", owner.id)
    assert claim(owner, token, actor=actor) == 1
    assert (ledger.balance(owner, CROWNS), UnclaimedPurchase.objects.count()) == (10, 1)
    broken.told = kept
    broken.save()
    assert claim(owner, token, actor=actor) == 1
    assert ledger.balance(owner, CROWNS) == 20


def test_a_subscription_renews_by_the_stores_word_in_any_order(apple: Apple, owner: Scope) -> None:
    token, start = store_token(owner), now()
    first, second, third = (start + MONTHS * n for n in (1, 2, 3))
    told(vip(apple, token, "8001", first))
    told(vip(apple, token, "8003", third, "DID_RENEW"))
    told(vip(apple, token, "8002", second, "DID_RENEW"))
    told(vip(apple, token, "8001", first, "EXPIRED"))
    held = open_of(owner, VIP)
    assert held is not None
    assert abs(held.until - third) < timedelta(seconds=1)
    assert Purchase.objects.count() == 3


def test_cancelled_at_the_store_it_runs_to_its_end_and_an_older_word_does_not_count(apple: Apple, owner: Scope) -> None:
    token, start = store_token(owner), now()
    told(vip(apple, token, "8001", start + MONTHS))
    off = {"kind": "DID_CHANGE_RENEWAL_STATUS", "subtype": "AUTO_RENEW_DISABLED"}
    on = {"kind": "DID_CHANGE_RENEWAL_STATUS", "subtype": "AUTO_RENEW_ENABLED"}
    told(vip(apple, token, "8001", start + MONTHS, at=start + timedelta(hours=3), **off))
    told(vip(apple, token, "8001", start + MONTHS, at=start + timedelta(hours=2), **on))
    assert Subscription.objects.get().state == "cancelled"
    with travel(start + MONTHS + timedelta(minutes=1)):
        advancing.advance()
        assert Subscription.objects.get().state == "ended"


def test_what_a_store_sold_is_neither_charged_nor_cancelled_here(apple: Apple, owner: Scope) -> None:
    told(vip(apple, store_token(owner), "8001", now() + MONTHS))
    held = Subscription.objects.get()
    with pytest.raises(SoldElsewhere):
        cancelling.cancel(owner, held.pk, actor=Actor("person", owner.id))
    with travel(now() + MONTHS + timedelta(hours=1)):
        advancing.advance()
        assert Subscription.objects.get().state == "past_due"
        assert is_active(owner, VIP)
    with travel(now() + MONTHS + timedelta(days=8)):
        advancing.advance()
        assert not is_active(owner, VIP)


def test_a_refund_of_the_term_ends_it_and_a_late_report_revives_nothing(apple: Apple, owner: Scope) -> None:
    token, until = store_token(owner), now() + MONTHS
    told(vip(apple, token, "8001", until))
    assert is_active(owner, VIP)
    told(vip(apple, token, "8001", until, "REFUND"))
    assert (Subscription.objects.get().state, Purchase.objects.get().state) == ("ended", "refunded")
    off = {"kind": "DID_CHANGE_RENEWAL_STATUS", "subtype": "AUTO_RENEW_ENABLED"}
    late = now() + timedelta(hours=1)
    told(vip(apple, token, "8001", until, "SUBSCRIBED"))
    told(vip(apple, token, "8001", until, "DID_RENEW", at=late))
    told(vip(apple, token, "8001", until, at=late, **off))
    assert (Subscription.objects.get().state, Purchase.objects.get().state) == ("ended", "refunded")
    assert not is_active(owner, VIP)


def test_the_apps_own_signed_transaction_counts_as_the_notification_does(apple: Apple, owner: Scope) -> None:
    store = seller_of("app-store")
    assert isinstance(store, AppStore)
    signed = apple.transaction("crowns.10", "7001", appAccountToken=str(store_token(owner)))
    keep("app-store", store.read_from_app(signed))
    run_due()
    told(apple.notice("ONE_TIME_CHARGE", signed))
    assert ledger.balance(owner, CROWNS) == 10
    with pytest.raises(ForgedReport):
        store.read_from_app(Apple().transaction("crowns.10", "7002"))
