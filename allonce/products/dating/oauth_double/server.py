"""The demonstration's provider as a small web server: its page for people, and its token and profile for programs."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from allonce.kernel.doubles import LoopbackServer, QuietHandler
from allonce.products.dating.oauth_double.book import Book, Refused
from allonce.products.dating.oauth_double.page import consent_page
from allonce.products.dating.portraits import portrait

MOST_BYTES = 16 * 1024
LONG_HAIR = {"Nora", "Pia"}


class Server(LoopbackServer[Book]):
    """Listens until it is shut down. With `port` 0 a free one is taken."""

    def __init__(self, book: Book, port: int = 0, host: str = "127.0.0.1") -> None:
        super().__init__(Handler, book, port, host)


class Handler(QuietHandler):
    """/authorize for people; /token, /me and /pictures/ for programs."""

    server: Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts, book = urlsplit(self.path), self.server.book
        form = dict(parse_qsl(self.body(MOST_BYTES)))
        try:
            if parts.path == "/authorize":
                self._authorize(dict(parse_qsl(parts.query)), form)
            elif book.broken:
                self._json({"error": "server_error"}, book.broken)
            elif (self.command, parts.path) == ("POST", "/token"):
                self._json(book.token(form), 200)
            elif (self.command, parts.path) == ("GET", "/me"):
                self._json(book.profile(self.headers.get("Authorization", "")), 200)
            elif parts.path.startswith("/pictures/"):
                self._picture(parts.path.removeprefix("/pictures/").removesuffix(".jpg"))
            else:
                self._json({"error": "not_found"}, 404)
        except Refused as refused:
            self._json({"error": refused.error}, refused.status)

    def _authorize(self, query: dict[str, str], form: dict[str, str]) -> None:
        book = self.server.book
        asked = book.asked(query)
        if self.command == "GET":
            page = consent_page(list(book.people.values()), sorted(asked.scopes))
            self._send(page.encode(), "text/html; charset=utf-8", 200)
            return
        chosen = form.get("somebody", "")
        yes = chosen in book.people
        location = book.granted(asked, chosen) if yes else book.back(asked, error="access_denied")
        self.send_response(303)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _picture(self, subject: str) -> None:
        somebody = self.server.book.people.get(subject)
        if somebody is None or not somebody.portrait:
            self._json({"error": "not_found"}, 404)
            return
        drawn = portrait(somebody.portrait, long_hair=somebody.portrait in LONG_HAIR)
        self._send(drawn, "image/jpeg", 200)

    def _json(self, answer: dict[str, Any], status: int) -> None:
        self._send(json.dumps(answer).encode(), "application/json", status)

    def _send(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
