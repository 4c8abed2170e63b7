"""The card seller in tests: the demonstration's double on loopback, its payment page, and reports by hand."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.test import Client

from allonce.kernel.audit import Actor
from allonce.kernel.billing.card_double.book import Book
from allonce.kernel.billing.card_double.reporting import Reports
from allonce.kernel.billing.card_double.server import Server
from allonce.kernel.billing.purchases import order
from allonce.kernel.jobs import run_due
from allonce.kernel.vault import Scope

WEBHOOK = "/webhooks/sellers/stripe/"


@dataclass
class Cards:
    """`book` is what the seller remembers, `reports` its events, in the order in which they happened."""

    book: Book
    reports: Reports
    secret: str

    def press_pay(self, url: str) -> None:
        """Somebody opens the payment page and presses the button."""
        parts = urlsplit(url)
        line = http.client.HTTPConnection(parts.netloc, timeout=10)
        line.request("POST", parts.path, b"answer=pay")
        assert line.getresponse().status == 303
        line.close()

    def take_in(self, *wanted: int) -> list[int]:
        """Deliver events (all, if none is named) and do the work that follows."""
        answers = self.reports.deliver(*wanted)
        run_due()
        return answers

    def buy(self, owner: Scope, code: str) -> None:
        """Order, pay, and have it reported."""
        self.press_pay(order(owner, code, actor=Actor("person", owner.id)))
        self.take_in()

    def names(self) -> list[str]:
        """The kinds of events so far."""
        return [each["type"] for each in self.reports.events]


@contextmanager
def card_seller() -> Iterator[Cards]:
    """A seller that listens on a free port."""

    def send(body: bytes, signed: str) -> int:
        headers = {"Stripe-Signature": signed}
        return Client(headers=headers).post(WEBHOOK, body, content_type="application/json").status_code

    reports = Reports("whsec_new", send)
    book = Book(reports.note)
    server = Server(book)
    server.start()
    try:
        yield Cards(book, reports, reports.secret)
    finally:
        server.shutdown()
        server.server_close()
