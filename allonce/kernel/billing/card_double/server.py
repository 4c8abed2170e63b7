"""The demonstration seller as a small web server on loopback: Stripe's addresses, and a payment page."""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from allonce.kernel.billing.card_double.book import Book, Params, Refusal, Thing
from allonce.kernel.billing.card_double.page import payment_page
from allonce.kernel.doubles import LoopbackServer, QuietHandler

MOST_BYTES = 64 * 1024
Act = Callable[[Book, Params, str], Thing]


def _listed(things: list[Thing]) -> Thing:
    return {"object": "list", "data": things, "has_more": False, "url": "/v1"}


ROUTES: list[tuple[str, re.Pattern[str], Act]] = [
    ("POST", re.compile(r"/v1/checkout/sessions"), lambda book, given, _id: book.session(given)),
    ("GET", re.compile(r"/v1/checkout/sessions/(\w+)"), lambda book, _given, thing: book.get(thing)),
    ("GET", re.compile(r"/v1/payment_intents"), lambda book, given, _id: _listed(book.payments_of(given["customer"]))),
    ("POST", re.compile(r"/v1/payment_intents"), lambda book, given, _id: book.charge(given)),
    (
        "GET",
        re.compile(r"/v1/customers/(\w+)/payment_methods"),
        lambda book, _given, thing: _listed([{"id": f"pm_{book.get(thing)['id']}", "object": "payment_method"}]),
    ),
    ("DELETE", re.compile(r"/v1/customers/(\w+)"), lambda book, _given, thing: book.forget(thing)),
    ("POST", re.compile(r"/v1/refunds"), lambda book, given, _id: book.refund(given)),
]


class Server(LoopbackServer[Book]):
    """Listens until it is shut down. With `port` 0 a free one is taken."""

    def __init__(self, book: Book, port: int = 0, host: str = "127.0.0.1") -> None:
        super().__init__(Handler, book, port, host)


class Handler(QuietHandler):
    """Answers programs under /v1/ and people under /pay/."""

    server: Server

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        parts = urlsplit(self.path)
        body = self.body(MOST_BYTES)
        if parts.path.startswith("/pay/"):
            self._page(method, parts.path.removeprefix("/pay/"), dict(parse_qsl(body)))
            return
        if self.server.book.faults.silent:
            self.close_connection = True
            return
        given = dict(parse_qsl(parts.query)) | dict(parse_qsl(body))
        for verb, pattern, act in ROUTES:
            found = pattern.fullmatch(parts.path)
            if verb == method and found:
                self._api(act, given, found[1] if found.groups() else "")
                return
        self._json({"error": {"type": "invalid_request_error", "message": "Unknown address"}}, 404)

    def _api(self, act: Act, given: Params, thing_id: str) -> None:
        book = self.server.book
        try:
            key = self.headers.get("Idempotency-Key", "") if self.command == "POST" else ""
            answer = book.once(key, given, lambda: act(book, given, thing_id))
        except Refusal as error:
            said = {"type": error.kind, "code": error.code, "message": error.code}
            self._json({"error": said}, error.status)
            return
        if self.command == "POST" and book.faults.lost_answers:
            # The money moved, and nobody hears of it.
            book.faults.lost_answers -= 1
            self.close_connection = True
            return
        self._json(answer, 200)

    def _page(self, method: str, session_id: str, form: Params) -> None:
        try:
            session = self.server.book.get(session_id)
        except Refusal:
            self._send(b"Not found", "text/plain; charset=utf-8", 404)
            return
        if method == "POST":
            pays = form.get("answer") == "pay"
            session = self.server.book.pay(session_id) if pays else session
            self.send_response(303)
            self.send_header("Location", session["success_url" if pays else "cancel_url"])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send(payment_page(session).encode(), "text/html; charset=utf-8", 200)

    def _json(self, answer: Thing, status: int) -> None:
        self._send(json.dumps(answer).encode(), "application/json", status)

    def _send(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
