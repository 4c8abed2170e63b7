"""What the demonstration seller remembers: visits to its payment page, payments, payers and refunds. Memory only."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from allonce.kernel.clock import now

Params = dict[str, str]
Thing = dict[str, Any]


class Refusal(Exception):
    """The seller's answer to what it will not do: Stripe's type and code of error, and the HTTP status."""

    def __init__(self, kind: str, code: str, status: int = 400) -> None:
        self.kind, self.code, self.status = kind, code, status
        super().__init__(code)


@dataclass
class Faults:
    """What goes wrong: so many next charges are declined, or answered with a fault after the money was taken."""

    declines: int = 0
    lost_answers: int = 0
    silent: bool = False


@dataclass
class Book:
    """Everything by its id. `tell` hears of each event; `clock` is the seller's own."""

    tell: Callable[[Thing], None]
    address: str = ""
    clock: Callable[[], datetime] = now
    faults: Faults = field(default_factory=Faults)
    things: dict[str, Thing] = field(default_factory=dict)
    answered: dict[str, tuple[Params, Thing]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def once(self, key: str, params: Params, act: Callable[[], Thing]) -> Thing:
        """Stripe's rule for idempotency keys: the same answer again, and a refusal for other parameters."""
        with self.lock:
            if not key:
                return act()
            if key in self.answered:
                before, answer = self.answered[key]
                if before != params:
                    raise Refusal("idempotency_error", "idempotency_key_in_use")
                return answer
            self.answered[key] = (params, act())
            return self.answered[key][1]

    def get(self, thing_id: str) -> Thing:
        """Raises Refusal."""
        if thing_id not in self.things:
            raise Refusal("invalid_request_error", "resource_missing", 404)
        return self.things[thing_id]

    def make(self, prefix: str, kind: str, **more: Any) -> Thing:
        """A new thing with an id of Stripe's shape."""
        made = {"id": f"{prefix}_{secrets.token_hex(12)}", "object": kind, "created": self._stamp(), **more}
        self.things[made["id"]] = made
        return made

    def event(self, kind: str, about: Thing) -> None:
        """Tell of something that happened, as it stands at this moment."""
        event = {"id": f"evt_{secrets.token_hex(12)}", "object": "event", "api_version": "2025-01-01", "type": kind}
        self.tell({**event, "created": self._stamp(), "livemode": False, "data": {"object": dict(about)}})

    def session(self, given: Params) -> Thing:
        """A visit to the payment page."""
        price = "line_items[0][price_data]"
        made = self.make(
            "cs_test",
            "checkout.session",
            mode=given["mode"],
            status="open",
            payment_status="unpaid",
            client_reference_id=given.get("client_reference_id"),
            metadata={"order": given.get("metadata[order]", "")},
            amount_total=int(given.get(f"{price}[unit_amount]", "0")),
            currency=given.get("currency") or given.get(f"{price}[currency]", "eur"),
            customer=given.get("customer"),
            payment_intent=None,
            success_url=given["success_url"],
            cancel_url=given["cancel_url"],
        )
        keeps = given.get("customer_creation") == "always" or made["mode"] == "setup"
        made["name"], made["keeps"] = given.get(f"{price}[product_data][name]", ""), keeps
        made["url"] = f"{self.address}/pay/{made['id']}"
        return made

    def pay(self, session_id: str) -> Thing:
        """Somebody pressed Pay on the page."""
        with self.lock:
            made = self.get(session_id)
            if made["status"] != "open":
                return made
            if made["keeps"] and not made["customer"]:
                made["customer"] = self.make("cus", "customer")["id"]
            if made["mode"] == "payment":
                intent = self._paid(made["amount_total"], made["currency"], made["customer"], made["metadata"]["order"])
                made["payment_intent"] = intent["id"]
            made["status"] = "complete"
            made["payment_status"] = "paid" if made["mode"] == "payment" else "no_payment_required"
            self.event("checkout.session.completed", made)
            return made

    def charge(self, given: Params) -> Thing:
        """A payment without its payer: the saved card is charged, or declined."""
        with self.lock:
            if self.faults.declines:
                self.faults.declines -= 1
                raise Refusal("card_error", "card_declined", 402)
            customer = self.get(given["customer"])["id"]
            return self._paid(int(given["amount"]), given["currency"], customer, given.get("metadata[order]", ""))

    def _paid(self, amount: int, currency: str, customer: str | None, order: str) -> Thing:
        known = {"order": order}
        about = {"amount": amount, "currency": currency, "customer": customer, "metadata": known}
        intent = self.make("pi", "payment_intent", status="succeeded", amount_refunded=0, **about)
        self.event("payment_intent.succeeded", intent)
        return intent

    def refund(self, given: Params) -> Thing:
        """Money back, as long as there is some."""
        with self.lock:
            intent = self.get(given["payment_intent"])
            amount = int(given.get("amount", intent["amount"] - intent["amount_refunded"]))
            if amount > intent["amount"] - intent["amount_refunded"]:
                raise Refusal("invalid_request_error", "charge_already_refunded")
            intent["amount_refunded"] += amount
            self.event("charge.refunded", {"object": "charge", "payment_intent": intent["id"], **_charge(intent)})
            return self.make("re", "refund", amount=amount, payment_intent=intent["id"], status="succeeded")

    def dispute(self, intent_id: str, status: str = "needs_response", amount: int | None = None) -> None:
        """The payer's bank asks (in whole, or about `amount`), or has decided about what it asked last."""
        intent = self.get(intent_id)
        known = {"payment_intent": intent_id, "metadata": {}}
        if status.endswith("needs_response"):
            made = self.make("du", "dispute", status=status, amount=amount or intent["amount"], **known)
            self.event("charge.dispute.created", made)
            return
        asked = [each for each in self.things.values() if each["object"] == "dispute"]
        last = next(each for each in reversed(asked) if each["payment_intent"] == intent_id)
        last["status"] = status
        self.event("charge.dispute.closed", last)

    def payments_of(self, customer: str) -> list[Thing]:
        """All payments of a payer."""
        return [
            each for each in self.things.values() if each["object"] == "payment_intent" and each["customer"] == customer
        ]

    def forget(self, customer: str) -> Thing:
        """Delete a payer."""
        self.get(customer)
        del self.things[customer]
        return {"id": customer, "object": "customer", "deleted": True}

    def _stamp(self) -> int:
        return int(self.clock().timestamp())


def _charge(intent: Thing) -> Thing:
    return {name: intent[name] for name in ("amount", "amount_refunded", "currency", "metadata")}
