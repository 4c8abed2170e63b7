"""Reports of the demonstration seller: signed as Stripe signs them, sent once, twice, late or in another order."""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from allonce.kernel.billing.card_double.book import Thing

TRIES = 5
PATIENCE_SECONDS = 10

# Takes a body and its signature; the HTTP status of the answer.
Send = Callable[[bytes, str], int]


def signature(secret: str, body: bytes, at: int | None = None) -> str:
    """Stripe's header: the time, and HMAC-SHA256 over time and body. `at` is in seconds since 1970."""
    stamp = int(time.time()) if at is None else at
    signed = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
    return f"t={stamp},v1={signed.hexdigest()}"


@dataclass
class Reports:
    """Events in the order in which they happened; `deliver` sends those wanted, as often as they are named."""

    secret: str
    send: Send
    events: list[Thing] = field(default_factory=list)

    def note(self, event: Thing) -> None:
        """Remember an event, to be delivered by hand."""
        self.events.append(event)

    def deliver(self, *wanted: int) -> list[int]:
        """Send events by their numbers (all of them in order, if none is named); the answers' statuses."""
        chosen = [self.events[number] for number in wanted] if wanted else list(self.events)
        return [self.send(body := json.dumps(each).encode(), signature(self.secret, body)) for each in chosen]

    def deliver_soon(self, event: Thing) -> None:
        """Send an event from a thread of its own, and again if nobody took it."""
        self.note(event)
        threading.Thread(target=self._insist, args=[json.dumps(event).encode()], daemon=True).start()

    def _insist(self, body: bytes) -> None:
        for pause in range(TRIES):
            time.sleep(pause)
            if 200 <= self.send(body, signature(self.secret, body)) < 300:
                return


def over_http(address: str) -> Send:
    """Sends to a web address, from settings of our own."""

    def send(body: bytes, signed: str) -> int:
        headers: dict[str, Any] = {"Content-Type": "application/json", "Stripe-Signature": signed}
        request = urllib.request.Request(address, body, headers)  # noqa: S310 - the installation's own address
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    return send
