"""Apple's App Store: signed server notifications (version 2), judged by Apple's own library."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from appstoreserverlibrary.models.Environment import Environment
from appstoreserverlibrary.models.JWSTransactionDecodedPayload import JWSTransactionDecodedPayload
from appstoreserverlibrary.models.ResponseBodyV2DecodedPayload import ResponseBodyV2DecodedPayload
from appstoreserverlibrary.signed_data_verifier import SignedDataVerifier, VerificationException, VerificationStatus
from django.utils.translation import gettext_lazy as _

from allonce.kernel.billing.catalogue.money import places
from allonce.kernel.billing.errors import ForgedReport, SellerSilent
from allonce.kernel.billing.sellers.ports import Store, Told, What, moment
from allonce.kernel.clock import now
from allonce.kernel.post.connectors import LOCAL

# notificationType (and subtype) of App Store Server Notifications V2.
EVENTS: dict[str, What] = {
    "ONE_TIME_CHARGE": "paid",
    "SUBSCRIBED": "paid",
    "DID_RENEW": "paid",
    "OFFER_REDEEMED": "paid",
    "DID_FAIL_TO_RENEW": "unpaid",
    "EXPIRED": "expired",
    "GRACE_PERIOD_EXPIRED": "expired",
    "DID_CHANGE_RENEWAL_STATUS/AUTO_RENEW_DISABLED": "cancelled",
    "DID_CHANGE_RENEWAL_STATUS/AUTO_RENEW_ENABLED": "uncancelled",
    "REFUND": "refunded",
    "REVOKE": "refunded",
    "REFUND_REVERSED": "refund_reversed",
}
LABEL = _("App Store")


@dataclass(frozen=True)
class AppStore(Store):
    """One app at Apple's. `roots` are the certificates (DER) that every signature must lead to."""

    bundle_id: str
    app_id: int | None
    environment: str
    roots: Sequence[bytes] = field(repr=False)
    online_checks: bool = False
    code: str = "app-store"
    label: Any = LABEL
    # Notifications come in; nothing of anybody goes out.
    connector: str = LOCAL
    manage_url: str = "https://apps.apple.com/account/subscriptions"

    @cached_property
    def _verifier(self) -> SignedDataVerifier:
        return SignedDataVerifier(
            list(self.roots), self.online_checks, Environment(self.environment), self.bundle_id, self.app_id
        )

    def read(self, headers: Mapping[str, str], body: bytes) -> Sequence[Told]:  # noqa: ARG002 - the port's signature
        """What a signed notification says; nothing for those that do not matter here."""
        try:
            signed = json.loads(body)["signedPayload"]
        except (ValueError, KeyError, TypeError):
            raise ForgedReport from None
        notice: ResponseBodyV2DecodedPayload = self._judged(self._verifier.verify_and_decode_notification, signed)
        what = _meaning(notice)
        if what is None or notice.data is None or not notice.data.signedTransactionInfo:
            return []
        transaction = self.transaction(notice.data.signedTransactionInfo)
        at = moment(notice.signedDate) or now()
        return [_told(str(notice.notificationUUID), what, at, transaction)]

    def read_from_app(self, signed_transaction: str) -> Told:
        """A purchase as the app itself was given it (StoreKit's jwsRepresentation). Raises ForgedReport."""
        found = self.transaction(signed_transaction)
        refunded = found.revocationDate is not None
        at = moment(found.revocationDate if refunded else found.signedDate) or now()
        return _told(f"app:{found.transactionId}", "refunded" if refunded else "paid", at, found)

    def transaction(self, signed: str) -> JWSTransactionDecodedPayload:
        """A signed transaction, verified. Raises ForgedReport, SellerSilent."""
        found: JWSTransactionDecodedPayload = self._judged(self._verifier.verify_and_decode_signed_transaction, signed)
        return found

    def _judged(self, verify: Any, signed: str) -> Any:
        try:
            return verify(signed)
        except VerificationException as error:
            if error.status == VerificationStatus.RETRYABLE_VERIFICATION_FAILURE:
                raise SellerSilent from None
            raise ForgedReport from None
        except (ValueError, TypeError, KeyError, AttributeError):
            # Rightly signed and yet not in a shape that the library knows: nothing can be taken from it.
            raise ForgedReport from None

    def look_up(self, told: Told) -> Sequence[Told]:
        """A notification says everything itself."""
        return [told]


def _meaning(notice: ResponseBodyV2DecodedPayload) -> What | None:
    kind, subtype = notice.rawNotificationType or "", notice.rawSubtype or ""
    return EVENTS.get(f"{kind}/{subtype}") or EVENTS.get(kind)


def _told(event_id: str, what: What, at: datetime, found: JWSTransactionDecodedPayload) -> Told:
    currency = str(found.currency or "")
    # Apple's price is in thousandths of the currency.
    price = None if found.price is None else found.price * 10 ** places(currency) // 1000
    amount = None if what in ("refunded", "refund_reversed") else price
    return Told(
        event_id,
        what,
        at,
        ref=str(found.transactionId or ""),
        chain=str(found.originalTransactionId or "") if found.expiresDate else "",
        token=str(found.appAccountToken or ""),
        store_id=str(found.productId or ""),
        amount=amount,
        currency=currency,
        until=moment(found.expiresDate),
        quantity=found.quantity or 1,
    )
