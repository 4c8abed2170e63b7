"""Google Play: pushes with a signed token, and a double of the Developer API over HTTP on loopback."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.audit import Actor
from allonce.kernel.billing import credits as ledger
from allonce.kernel.billing.jobs import bring_back
from allonce.kernel.billing.models import Purchase, SellerEvent, UnclaimedPurchase
from allonce.kernel.billing.purchases import claim, store_token
from allonce.kernel.billing.subscriptions import is_active, open_of
from allonce.kernel.billing.tests.stores import AUDIENCE, BUNDLE, PUSHER, Google, milliseconds
from allonce.kernel.billing.tests.wares import CROWNS, VIP
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs import dead_letters, run_due
from allonce.kernel.vault import Scope

pytestmark = [pytest.mark.django_db]
ADDRESS = "/webhooks/sellers/google-play/"
BASE = f"/androidpublisher/v3/applications/{BUNDLE}/purchases"


@dataclass
class Play:
    """What Google knows by path, what was told to it, and its faults."""

    google: Google
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    silent: bool = False
    address: str = ""

    def answer(self, method: str, path: str, bearer: str, body: str) -> tuple[int, Any]:
        if path == "/certs":
            return 200, self.google.published()
        if path == "/token":
            claims = jwt.decode(
                parse_qs(body)["assertion"][0],
                self.google.own.public_key(),
                ["RS256"],
                audience=f"{self.address}/token",
            )
            assert claims["scope"].endswith("androidpublisher")
            return 200, {"access_token": "at", "expires_in": 3600}
        if bearer != "Bearer at" or self.silent:
            return (503, {}) if self.silent else (401, {})
        if method == "POST":
            self.told.append(path)
            return 200, {}
        return (200, self.known[path]) if path in self.known else (404, {})


@pytest.fixture
def play(settings: Settings) -> Iterator[Play]:
    made = Play(Google())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, answer = made.answer(self.command, self.path, self.headers.get("Authorization", ""), body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_POST = do_GET

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    settings.SELLERS = settings.SELLERS | {
        "play_package": BUNDLE,
        "play_audience": AUDIENCE,
        "play_push_email": PUSHER,
        "play_account": made.google.account(f"{made.address}/token"),
        "play_keys": f"{made.address}/certs",
        "play_api": made.address,
    }
    yield made
    server.shutdown()
    server.server_close()


def pushed(play: Play, body: bytes, bearer: str = "", status: int = 204) -> None:
    client = Client(headers={"Authorization": f"Bearer {bearer or play.google.bearer()}"})
    assert client.post(ADDRESS, body, content_type="application/json").status_code == status
    run_due()


def product(play: Play, owner: Scope, token: str = "tok") -> bytes:
    play.known[f"{BASE}/products/com.example.crowns.10/tokens/{token}"] = {
        "purchaseState": 0,
        "consumptionState": 0,
        "purchaseTimeMillis": str(milliseconds(now())),
        "obfuscatedExternalAccountId": str(store_token(owner)),
    }
    return play.google.push(oneTimeProductNotification={"purchaseToken": token, "sku": "com.example.crowns.10"})


def subscription(play: Play, owner: Scope, state: str, order: str, days: int) -> bytes:
    play.known[f"{BASE}/subscriptionsv2/tokens/sub"] = {
        "subscriptionState": f"SUBSCRIPTION_STATE_{state}",
        "latestOrderId": order,
        "acknowledgementState": "ACKNOWLEDGEMENT_STATE_PENDING",
        "externalAccountIdentifiers": {"obfuscatedExternalAccountId": str(store_token(owner))},
        "lineItems": [
            {
                "productId": "com.example.vip.3",
                "expiryTime": (now() + timedelta(days=days)).isoformat().replace("+00:00", "Z"),
                "autoRenewingPlan": {"recurringPrice": {"currencyCode": "EUR", "units": "44", "nanos": 990000000}},
            }
        ],
    }
    return play.google.push(subscriptionNotification={"purchaseToken": "sub", "notificationType": 4})


@pytest.mark.promise("DATE-STORES")
def test_a_pack_is_looked_up_delivered_once_and_consumed(play: Play, owner: Scope) -> None:
    body = product(play, owner)
    pushed(play, body)
    pushed(play, body)
    pushed(play, product(play, owner))
    assert ledger.balance(owner, CROWNS) == 10
    assert f"{BASE}/products/com.example.crowns.10/tokens/tok:consume" in play.told


@pytest.mark.promise("DATE-STORES")
@pytest.mark.parametrize(
    "forgery", [{"key": "other"}, {"aud": "x"}, {"email": "x@y"}, {"email_verified": False}, {"exp": 1}, {"iss": "me"}]
)
def test_forged_pushes_are_refused_and_change_nothing(play: Play, owner: Scope, forgery: dict[str, Any]) -> None:
    key = rsa.generate_private_key(65537, 2048) if forgery.pop("key", "") else None
    pushed(play, product(play, owner), play.google.bearer(key, **forgery), 400)
    assert not SellerEvent.objects.exists()


def test_a_push_about_a_purchase_that_google_does_not_know_gives_nothing(play: Play, owner: Scope) -> None:
    pushed(play, play.google.push(oneTimeProductNotification={"purchaseToken": "no", "sku": "com.example.crowns.10"}))
    assert SellerEvent.objects.get().state == "done"
    assert not Purchase.objects.exists()


def test_while_google_is_silent_the_report_waits_and_is_taken_in_later(play: Play, owner: Scope) -> None:
    play.silent = True
    pushed(play, product(play, owner))
    assert SellerEvent.objects.get().state == "waiting"
    play.silent = False
    with travel(now() + timedelta(minutes=11)):
        run_due()
    assert ledger.balance(owner, CROWNS) == 10


def test_a_subscription_follows_what_google_says_now(play: Play, owner: Scope) -> None:
    pushed(play, subscription(play, owner, "ACTIVE", "GPA.1", 90))
    assert is_active(owner, VIP)
    assert play.told
    pushed(play, subscription(play, owner, "ACTIVE", "GPA.1..0", 180))
    held = open_of(owner, VIP)
    assert held is not None
    assert held.term == 2
    assert Purchase.objects.filter(amount=4499).count() == 2
    pushed(play, subscription(play, owner, "CANCELED", "GPA.1..0", 180))
    assert open_of(owner, VIP).state == "cancelled"  # type: ignore[union-attr]
    voided = {"purchaseToken": "sub", "orderId": "GPA.1..0", "productType": 1, "refundType": 1}
    pushed(play, play.google.push(voidedPurchaseNotification=voided))
    assert not is_active(owner, VIP)


def test_one_that_was_cancelled_before_the_first_push_was_read_still_runs_to_its_end(play: Play, owner: Scope) -> None:
    pushed(play, subscription(play, owner, "CANCELED", "GPA.1", 90))
    assert is_active(owner, VIP)
    assert open_of(owner, VIP).state == "cancelled"  # type: ignore[union-attr]


@pytest.mark.promise("DATE-STORES")
def test_a_pack_that_was_refunded_is_taken_back(play: Play, owner: Scope) -> None:
    pushed(play, product(play, owner))
    voided = {"purchaseToken": "tok", "orderId": "GPA.9", "productType": 2, "refundType": 1}
    pushed(play, play.google.push(voidedPurchaseNotification=voided))
    assert ledger.balance(owner, CROWNS) == 0


def test_a_refund_of_a_purchase_that_waits_for_its_owner_counts_when_it_is_claimed(play: Play, owner: Scope) -> None:
    body, token = product(play, owner), "b7f0c1d2-unknown-so-far"
    play.known[f"{BASE}/products/com.example.crowns.10/tokens/tok"]["obfuscatedExternalAccountId"] = token
    pushed(play, body)
    voided = {"purchaseToken": "tok", "orderId": "GPA.9", "productType": 2, "refundType": 1}
    pushed(play, play.google.push(voidedPurchaseNotification=voided))
    assert UnclaimedPurchase.objects.count() == 2
    assert claim(owner, token, actor=Actor("person", owner.id)) == 2
    assert (ledger.balance(owner, CROWNS), Purchase.objects.get().state) == (0, "refunded")


def test_a_refund_of_what_was_never_ours_waits_for_nobody(play: Play) -> None:
    voided = {"purchaseToken": "strange", "orderId": "GPA.9", "productType": 2, "refundType": 1}
    pushed(play, play.google.push(voidedPurchaseNotification=voided))
    assert SellerEvent.objects.get().state == "done"


def test_a_report_whose_job_gave_up_while_google_was_silent_is_brought_back(play: Play, owner: Scope) -> None:
    play.silent, start = True, now()
    pushed(play, product(play, owner))
    for step in range(1, 14):
        with travel(start + timedelta(minutes=11 * step)):
            run_due()
    assert dead_letters().filter(name="billing.take").count() == 1
    play.silent = False
    with travel(start + timedelta(hours=3)):
        bring_back()
        run_due()
    assert ledger.balance(owner, CROWNS) == 10
    assert not dead_letters().exists()


def test_pushes_of_other_apps_and_tests_change_nothing(play: Play) -> None:
    pushed(play, play.google.push(testNotification={"version": "1.0"}))
    pushed(play, play.google.push(packageName="com.other", oneTimeProductNotification={"purchaseToken": "x"}))
    assert not SellerEvent.objects.exists()
    pushed(play, b"{}", status=400)
