"""Google Play: a push says that something happened, and Google's own API says what stands now."""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from allonce.kernel.billing.catalogue.money import places
from allonce.kernel.billing.errors import ForgedReport, SellerRefused, SellerSilent
from allonce.kernel.billing.sellers.play_tokens import ApiToken, PushKeys, require_push
from allonce.kernel.billing.sellers.ports import Store, Told, What, moment
from allonce.kernel.clock import now
from allonce.kernel.post.outward import NoAnswer, call, fetch
from allonce.kernel.post.ports import processor_gate

# subscriptionState of purchases.subscriptionsv2. A pending one has paid nothing yet.
STATES: dict[str, What] = {
    "SUBSCRIPTION_STATE_ACTIVE": "paid",
    "SUBSCRIPTION_STATE_CANCELED": "cancelled",
    "SUBSCRIPTION_STATE_IN_GRACE_PERIOD": "unpaid",
    "SUBSCRIPTION_STATE_ON_HOLD": "expired",
    "SUBSCRIPTION_STATE_PAUSED": "expired",
    "SUBSCRIPTION_STATE_EXPIRED": "expired",
}
# One-time products: what can be bought again is consumed, or Google gives the money back after three days.
PURCHASED = 0
CONSUMED = 1
ACKNOWLEDGED = "ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED"
LABEL = _("Google Play")


class PlayApi(Protocol):
    """The part of the Google Play Developer API (version 3) that is asked. Paths begin after the package's name."""

    def get(self, path: str) -> dict[str, Any]:
        """What Google knows. Raises SellerSilent, SellerRefused."""

    def post(self, path: str) -> None:
        """Tell Google that something was delivered. Raises SellerSilent, SellerRefused."""


@dataclass(frozen=True)
class PlayOverHttp:
    """The real API, through the guard for calls that leave the house."""

    base: str
    package: str
    token: ApiToken
    connector: str

    def get(self, path: str) -> dict[str, Any]:
        try:
            found = json.loads(self._call("GET", path))
        except ValueError:
            raise SellerSilent from None
        if not isinstance(found, dict):
            raise SellerSilent
        return found

    def post(self, path: str) -> None:
        self._call("POST", path)

    def _call(self, method: str, path: str) -> bytes:
        processor_gate().may_use(self.connector, None)
        address = f"{self.base}/androidpublisher/v3/applications/{quote(self.package, safe='')}/{path}"
        headers = {"Authorization": f"Bearer {self.token.bearer()}", "Accept": "application/json"}
        form = headers | {"Content-Type": "application/json"}
        try:
            asks = method == "GET"
            answer = fetch(address, headers, trusted=True) if asks else call(address, b"{}", form, trusted=True)
        except NoAnswer:
            raise SellerSilent from None
        if answer.is_good:
            return answer.body
        raise SellerRefused if answer.status in (400, 404, 410) else SellerSilent


@dataclass(frozen=True)
class GooglePlay(Store):
    """One app at Google's. `audience` and `push_email` are what the Pub/Sub push was set up with."""

    package: str
    audience: str
    push_email: str
    keys: PushKeys
    api: PlayApi = field(repr=False)
    connector: str
    code: str = "google-play"
    label: Any = LABEL
    manage_url: str = "https://play.google.com/store/account/subscriptions"

    def read(self, headers: Mapping[str, str], body: bytes) -> Sequence[Told]:
        """What a push is about, to be looked up; nothing for other apps and tests."""
        require_push(self.keys, headers.get("Authorization", ""), audience=self.audience, email=self.push_email)
        try:
            message = json.loads(body)["message"]
            notice = json.loads(b64decode(message["data"], validate=True))
            event_id, at = str(message["messageId"]), moment(notice["eventTimeMillis"]) or now()
        except (ValueError, KeyError, TypeError, NotBase64):
            raise ForgedReport from None
        if notice.get("packageName") != self.package:
            return []
        return [told] if (told := _about(notice, event_id, at)) else []

    def look_up(self, told: Told) -> Sequence[Told]:
        """What Google says now of the purchase that a push named; one that is given up is not worth asking again."""
        if told.what != "look_up":
            return [told]
        found = self._subscription(told) if told.chain else self._product(told)
        return [found] if found else []

    def _product(self, told: Told) -> Told | None:
        token = quote(told.ref, safe="")
        found = self.api.get(f"purchases/products/{quote(told.store_id, safe='')}/tokens/{token}")
        if found.get("purchaseState") != PURCHASED:
            return None
        if found.get("consumptionState") != CONSUMED:
            self.api.post(f"purchases/products/{quote(told.store_id, safe='')}/tokens/{token}:consume")
        return Told(
            told.event_id,
            "paid",
            moment(found.get("purchaseTimeMillis")) or told.at,
            ref=told.ref,
            token=str(found.get("obfuscatedExternalAccountId") or ""),
            store_id=told.store_id,
            quantity=int(found.get("quantity") or 1),
        )

    def _subscription(self, told: Told) -> Told | None:
        token = quote(told.chain, safe="")
        found = self.api.get(f"purchases/subscriptionsv2/tokens/{token}")
        what, items = STATES.get(str(found.get("subscriptionState"))), found.get("lineItems") or []
        if what is None or not items:
            return None
        item = items[0]
        store_id = str(item.get("productId") or "")
        if found.get("acknowledgementState") != ACKNOWLEDGED:
            self.api.post(f"purchases/subscriptions/{quote(store_id, safe='')}/tokens/{token}:acknowledge")
        amount, currency = _price((item.get("autoRenewingPlan") or {}).get("recurringPrice") or {})
        return Told(
            told.event_id,
            what,
            told.at,
            ref=str(item.get("latestSuccessfulOrderId") or found.get("latestOrderId") or ""),
            chain=told.chain,
            token=str((found.get("externalAccountIdentifiers") or {}).get("obfuscatedExternalAccountId") or ""),
            store_id=store_id,
            amount=amount,
            currency=currency,
            until=datetime.fromisoformat(item["expiryTime"]) if item.get("expiryTime") else None,
        )


def _about(notice: dict[str, Any], event_id: str, at: datetime) -> Told | None:
    one = notice.get("oneTimeProductNotification")
    if one:
        token, sku = str(one["purchaseToken"]), str(one.get("sku") or "")
        return Told(event_id, "look_up", at, ref=token, store_id=sku)
    subscription = notice.get("subscriptionNotification")
    if subscription:
        return Told(event_id, "look_up", at, chain=str(subscription["purchaseToken"]))
    voided = notice.get("voidedPurchaseNotification")
    if voided:
        # productType 1 is a subscription, whose payments are known by their order numbers.
        ref = voided["orderId"] if voided.get("productType") == 1 else voided["purchaseToken"]
        return Told(event_id, "refunded", at, ref=str(ref))
    return None


def _price(money: Mapping[str, Any]) -> tuple[int | None, str]:
    """Google's Money (units and billionths) in minor units."""
    currency = str(money.get("currencyCode") or "")
    if not currency:
        return None, ""
    billionths = int(money.get("units") or 0) * 10**9 + int(money.get("nanos") or 0)
    return billionths * 10 ** places(currency) // 10**9, currency
