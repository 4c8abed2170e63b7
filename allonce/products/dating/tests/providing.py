"""The provider in tests: the demonstration's on loopback, and a browser that walks there and back."""

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import Client

from allonce.products.dating.oauth.provider import back_address
from allonce.products.dating.oauth_double.book import Book
from allonce.products.dating.oauth_double.people import PEOPLE
from allonce.products.dating.oauth_double.server import Server

CLIENT, SECRET = "allonce-test", "the-secret"
NORA, OMAR, PIA, QUIN = "1001", "1002", "1003", "1004"


@dataclass
class Friends:
    """`book` is what the provider remembers; `settings` are what an installation sets to use it."""

    book: Book
    settings: dict[str, Any] = field(default_factory=dict)

    def post(self, path: str, form: dict[str, str]) -> tuple[int, str, bytes]:
        """A program's or a browser's POST: status, Location and body."""
        line = http.client.HTTPConnection(urlsplit(self.book.address).netloc, timeout=10)
        line.request("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer.status, answer.getheader("Location") or "", body

    def sent_there(self, browser: Client) -> str:
        """The member presses the button; the provider's address with what it is asked."""
        answer = browser.post("/dating/with/")
        assert answer.status_code == 302, answer.content
        return str(answer["Location"])

    def choose(self, there: str, somebody: str) -> str:
        """They say yes as somebody, or no ("") there; the path that they are sent back to."""
        parts = urlsplit(there)
        status, location, _body = self.post(f"{parts.path}?{parts.query}", {"somebody": somebody})
        assert status == 303
        assert location.startswith(back_address())
        back = urlsplit(location)
        return f"{back.path}?{back.query}"

    def walk(self, browser: Client, somebody: str) -> Any:
        """There and back; the page they come back to."""
        return browser.get(self.choose(self.sent_there(browser), somebody))


def shown_in(page: str, name: str) -> str:
    """What a field of the page holds."""
    tag = next(each for each in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in each)
    found = re.search(r'value="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def checked(page: str) -> list[str]:
    """The interests that are ticked."""
    tags = [each for each in re.findall(r"<input[^>]*>", page) if 'name="interests"' in each and " checked" in each]
    return [re.findall(r'value="([^"]+)"', each)[0] for each in tags]


def agreed(answer: Any, **other: Any) -> dict[str, Any]:
    """The page's form, as it came, but for what the member changes."""
    page = answer.content.decode()
    given: dict[str, Any] = {"first_name": shown_in(page, "first_name"), "birth_date": shown_in(page, "birth_date")}
    given |= {"interests": checked(page), "carried": shown_in(page, "carried"), "picture": "on"}
    return {**given, **other}


@contextmanager
def provider_of_accounts() -> Iterator[Friends]:
    """A provider that listens on a free port."""
    book = Book(CLIENT, SECRET, back_address(), dict(PEOPLE))
    server = Server(book)
    server.start()
    given = {
        "name": "Friends",
        "client": CLIENT,
        "secret": SECRET,
        "authorize": f"{book.address}/authorize",
        "token": f"{book.address}/token",
        "profile": f"{book.address}/me?fields=id,first_name",
        "scopes": ["public_profile", "email", "user_birthday", "user_likes"],
        "proves_email": False,
    }
    try:
        yield Friends(book, given)
    finally:
        server.shutdown()
        server.server_close()
