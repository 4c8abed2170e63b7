"""Stripe: cards on the site. Its own client talks to it, and its own page is where the card is typed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

import stripe
from django.utils.translation import gettext_lazy as _

from allonce.kernel.billing.errors import ForgedReport, SellerRefused, SellerSilent
from allonce.kernel.billing.sellers.ports import Charged, Taken, Told, Wanted, What
from allonce.kernel.clock import now
from allonce.kernel.post.connectors import LOCAL, is_this_machine
from allonce.kernel.post.ports import processor_gate

SECONDS = 20
RETRIES = 2
# Stripe's events that matter, and what they mean here.
EVENTS: dict[str, What] = {
    "checkout.session.completed": "paid",
    "checkout.session.async_payment_succeeded": "paid",
    "checkout.session.async_payment_failed": "lapsed",
    "checkout.session.expired": "lapsed",
    "payment_intent.succeeded": "paid",
    "charge.refunded": "refunded",
    "charge.dispute.created": "disputed",
    "charge.dispute.closed": "dispute_won",
}
# How a dispute may close. Whatever else it says (won, an inquiry closed, prevented), the payment stands.
LOST = "lost"

# A payment that came through, or whose result Stripe will report.
STANDS: dict[str, Literal["paid", "pending"]] = {"succeeded": "paid", "processing": "pending"}


@dataclass(frozen=True)
class StripeCards:
    """Stripe with one secret key. Several webhook secrets may be in force while one is replaced by another."""

    key: str = field(repr=False)
    secrets: Sequence[str] = field(repr=False)
    api_base: str
    code: str = "stripe"
    sells_here: bool = True
    manage_url: str = ""

    @property
    def label(self) -> Any:
        """How people read it."""
        return _("Demo card seller") if self.connector == LOCAL else _("Card")

    @property
    def connector(self) -> str:
        """Its name for the list of processors; "local" on this machine."""
        return LOCAL if is_this_machine(urlsplit(self.api_base).hostname or "") else "seller:stripe"

    @cached_property
    def _client(self) -> stripe.StripeClient:
        return stripe.StripeClient(
            self.key,
            base_addresses={"api": self.api_base},
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=SECONDS),
        )

    def read(self, headers: Mapping[str, str], body: bytes) -> Sequence[Told]:
        """What a signed event says; nothing for events that do not matter here."""
        event = self._verified(headers.get("Stripe-Signature", ""), body)
        told = _told(event)
        return [told] if told else []

    def _verified(self, signature: str, body: bytes) -> dict[str, Any]:
        for secret in self.secrets:
            try:
                stripe.Webhook.construct_event(body, signature, secret)
            except (stripe.SignatureVerificationError, ValueError):
                continue
            verified: dict[str, Any] = json.loads(body)
            return verified
        raise ForgedReport

    def checkout(self, wanted: Wanted) -> Taken:
        """A payment page of Stripe's for this order. The same order asked for twice gives the same page."""
        with self._asking() as client:
            made = client.v1.checkout.sessions.create(_session(wanted), {"idempotency_key": f"order-{wanted.order_id}"})
        return Taken(str(made.url), made.id)

    def look_up(self, told: Told) -> Sequence[Told]:
        """What became of a visit to the payment page, where its event was lost; nothing while it is open."""
        with self._asking() as client:
            session = client.v1.checkout.sessions.retrieve(told.ref)
        what: dict[str, What] = {"complete": "paid", "expired": "lapsed"}
        if session.status not in what:
            return []
        found = _of_session(json.loads(str(session)), what[session.status], told.event_id, now())
        return [found] if found else []

    def charge(self, order_id: UUID, amount: int, currency: str, *, customer: str, key: str) -> Charged:
        """Charge the saved card without its owner. What an earlier try did is found again, however long ago."""
        with self._asking() as client:
            for earlier in client.v1.payment_intents.list({"customer": customer, "limit": 100}).data:
                if earlier.status in STANDS and earlier.metadata.to_dict().get("order") == str(order_id):
                    return Charged(STANDS[earlier.status], earlier.id)
            cards = client.v1.customers.payment_methods.list(customer, {"limit": 1}).data
            if not cards:
                return Charged("refused")
            params: Any = {
                "amount": amount,
                "currency": currency.lower(),
                "customer": customer,
                "payment_method": cards[0].id,
                "off_session": True,
                "confirm": True,
                "metadata": {"order": str(order_id)},
            }
            try:
                made = client.v1.payment_intents.create(params, {"idempotency_key": key})
            except stripe.CardError:
                return Charged("refused")
        return Charged(STANDS.get(made.status, "refused"), made.id)

    def refund(self, ref: str, amount: int, *, key: str) -> None:
        """Send money back to the card it came from."""
        with self._asking() as client:
            client.v1.refunds.create({"payment_intent": ref, "amount": amount}, {"idempotency_key": key})

    def forget(self, customer: str) -> None:
        """Delete the customer and the cards kept for it at Stripe."""
        try:
            with self._asking() as client:
                client.v1.customers.delete(customer)
        except SellerRefused:
            return  # gone already

    @contextmanager
    def _asking(self) -> Iterator[stripe.StripeClient]:
        processor_gate().may_use(self.connector, None)
        try:
            yield self._client
        except (stripe.InvalidRequestError, stripe.CardError, stripe.IdempotencyError):
            raise SellerRefused from None
        except stripe.StripeError:
            # Stripe's own words may quote the customer; they go no further.
            raise SellerSilent from None


def _session(wanted: Wanted) -> Any:
    known = {"order": str(wanted.order_id)}
    params: dict[str, Any] = {
        "mode": "setup" if wanted.trial else "payment",
        "client_reference_id": str(wanted.order_id),
        "metadata": known,
        "success_url": wanted.success_url,
        "cancel_url": wanted.cancel_url,
    }
    if wanted.customer:
        params["customer"] = wanted.customer
    elif wanted.saves_card:
        params["customer_creation"] = "always"
    if wanted.trial:
        return params | {"currency": wanted.currency.lower()}
    price = {"currency": wanted.currency.lower(), "unit_amount": wanted.amount, "product_data": {"name": wanted.name}}
    later = {"setup_future_usage": "off_session"} if wanted.saves_card else {}
    return params | {
        "line_items": [{"quantity": 1, "price_data": price}],
        "payment_intent_data": {"metadata": known, **later},
    }


def _told(event: dict[str, Any]) -> Told | None:
    kind, about = str(event["type"]), event["data"]["object"]
    if kind not in EVENTS:
        return None
    at, event_id = datetime.fromtimestamp(int(event["created"]), UTC), str(event["id"])
    if kind.startswith("checkout.session."):
        return _of_session(about, EVENTS[kind], event_id, at)
    order_id, what = _order(about), EVENTS[kind]
    if kind == "payment_intent.succeeded":
        return Told(event_id, what, at, order_id, str(about["id"]), amount=about["amount"]) if order_id else None
    ref = str(about.get("payment_intent") or "")
    if kind == "charge.refunded":
        return Told(event_id, what, at, order_id, ref, amount=about.get("amount_refunded"))
    if kind == "charge.dispute.closed" and about.get("status") == LOST:
        what = "dispute_lost"
    return Told(event_id, what, at, order_id, ref, dispute=str(about["id"]), amount=about.get("amount"))


def _of_session(session: dict[str, Any], what: What, event_id: str, at: datetime) -> Told | None:
    """A visit to the payment page; one that is over while the money is still on its way says nothing yet."""
    order_id = _order(session)
    if order_id is None or (what == "paid" and session.get("payment_status") == "unpaid"):
        return None
    setup = what == "paid" and session.get("mode") == "setup"
    return Told(
        event_id,
        "card_saved" if setup else what,
        at,
        order_id,
        ref=str(session.get("payment_intent") or ""),
        customer=str(session.get("customer") or ""),
        amount=session.get("amount_total"),
        currency=str(session.get("currency") or "").upper(),
    )


def _order(about: dict[str, Any]) -> UUID | None:
    """Our order, where Stripe's object names one of ours; others may sell through the same account."""
    given = (about.get("metadata") or {}).get("order") or about.get("client_reference_id")
    try:
        return UUID(str(given))
    except ValueError:
        return None
