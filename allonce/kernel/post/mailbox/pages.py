"""The mailbox as a page: list, search, letter, attachments, and the relay's levers."""

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from allonce.kernel.post.mailbox.events import Reporter, event_data
from allonce.kernel.post.mailbox.http import App, Request, Response, not_found, redirect
from allonce.kernel.post.mailbox.letters import Letter, text_letter
from allonce.kernel.post.mailbox.store import Store

KEEP_ALIVE_SECONDS = 15.0
VIEWS = {"html": _("As designed"), "text": _("Plain text"), "source": _("Source")}
# A stranger's HTML: no scripts, no forms, no requests anywhere.
LETTER_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
SHOWN_INLINE = {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}
STATES = {
    "accepted": ("next", _("Accepted")),
    "delivered": ("good", _("Delivered")),
    "bounced": ("bad", _("Bounced")),
    "complained": ("warn", _("Marked as spam")),
}


@dataclass(frozen=True)
class Pages:
    """The handlers, over one store."""

    store: Store
    reporter: Reporter

    def app(self, hosts: list[str]) -> App:
        return App(
            [
                ("GET", "/", self.index),
                ("GET", "/changes", self.changes),
                ("GET", r"/letters/(\w+)", self.letter),
                ("GET", r"/letters/(\w+)/html", self.html),
                ("GET", r"/letters/(\w+)/raw", self.raw),
                ("GET", r"/letters/(\w+)/enclosures/(\d+)", self.enclosure),
                ("POST", r"/letters/(\w+)/(delivered|bounced|complained)", self.report),
                ("POST", "/texts", self.text),
                ("POST", "/relay", self.relay),
                ("POST", "/clear", self.clear),
                ("GET", r"/static/(.+)", self.static),
                ("GET", r"/v3/[^/]+/events", self.events),
            ],
            hosts,
        )

    async def index(self, request: Request) -> Response:
        return self._page(request, None)

    async def letter(self, request: Request, letter_id: str) -> Response:
        letter = self.store.get(letter_id)
        return self._page(request, letter) if letter else not_found()

    def _page(self, request: Request, letter: Letter | None) -> Response:
        filters = {name: request.query.get(name, "") for name in ("to", "q")}
        rows = self.store.newest(filters["to"], filters["q"])
        shown = {
            "letters": [(row, *STATES[row.state]) for row in rows],
            "letter": letter,
            "state": STATES[letter.state] if letter else None,
            "view": _view_of(request, letter),
            "views": VIEWS.items(),
            "recipients": self.store.recipients(),
            "filters": filters,
            "query": urlencode({name: value for name, value in filters.items() if value}),
            "store": self.store,
            "site": settings.PUBLIC_URL,
            "untold": "untold" in request.query,
        }
        return Response(render_to_string("post/mailbox/page.html", shown).encode())

    async def html(self, _request: Request, letter_id: str) -> Response:
        letter = self.store.get(letter_id)
        if letter is None:
            return not_found()
        return Response(letter.html.encode(), headers={"content-security-policy": LETTER_POLICY})

    async def raw(self, _request: Request, letter_id: str) -> Response:
        letter = self.store.get(letter_id)
        if letter is None:
            return not_found()
        return Response(letter.raw, "message/rfc822", headers=_saved_as(f"{letter_id}.eml", inline=False))

    async def enclosure(self, _request: Request, letter_id: str, number: str) -> Response:
        letter = self.store.get(letter_id)
        if letter is None or int(number) >= len(letter.enclosures):
            return not_found()
        found = letter.enclosures[int(number)]
        inline = found.kind in SHOWN_INLINE
        policy = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"}
        headers = _saved_as(found.name, inline=inline) | policy
        return Response(found.content, found.kind if inline else "application/octet-stream", headers=headers)

    async def report(self, _request: Request, letter_id: str, state: Any) -> Response:
        """Play the receiving server: tell the installation what became of the letter."""
        letter = self.store.get(letter_id)
        if letter is None:
            return not_found()
        told = await self.reporter.report(letter, state)
        if told:
            self.store.mark(letter_id, state)
        return redirect(f"/letters/{letter_id}" + ("" if told else "?untold=1"))

    async def text(self, request: Request) -> Response:
        """Play the text gateway: a text message lies among the letters, under its number."""
        try:
            letter = text_letter(json.loads(request.body))
        except (ValueError, TypeError, AttributeError):
            return Response(b"{}", "application/json", 422)
        # A gateway takes one key once: what is tried again has the same reference.
        known = self.store.with_message_id(letter.message_id)
        if not known:
            self.store.add(letter)
        return Response(json.dumps({"id": (known or [letter])[0].id}).encode(), "application/json")

    async def relay(self, request: Request) -> Response:
        self.store.turn(request.form().get("down") == "1")
        return redirect("/")

    async def clear(self, _request: Request) -> Response:
        self.store.clear()
        return redirect("/")

    async def changes(self, _request: Request) -> Response:
        """Server-sent events: the change count, whenever it moves."""
        return Response(kind="text/event-stream", stream=self._counts())

    async def _counts(self) -> AsyncIterator[bytes]:
        seen = -1
        while True:
            count = await self.store.next_change(seen, KEEP_ALIVE_SECONDS)
            yield b": still here\n\n" if count == seen else f"data: {count}\n\n".encode()
            seen = count

    async def events(self, request: Request) -> Response:
        """Mailgun's events list, so far as a look-up by Message-ID needs it."""
        wanted = request.query.get("message-id", "").strip("<>")
        found = self.store.with_message_id(f"<{wanted}>")
        items = [event_data(letter, state) for letter in found for state in ("accepted", letter.state)]
        return Response(json.dumps({"items": items}).encode(), "application/json")

    async def static(self, _request: Request, path: str) -> Response:
        """The house's built styles and scripts, read from where the build left them."""
        root = Path(settings.BUILD_DIR).resolve()
        file = (root / path).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            return not_found()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return Response(await asyncio.to_thread(file.read_bytes), kind, headers={"cache-control": "max-age=3600"})


def _view_of(request: Request, letter: Letter | None) -> str:
    asked = request.query.get("view", "")
    if asked in VIEWS:
        return asked
    return "html" if letter and letter.html else "text"


def _saved_as(name: str, *, inline: bool) -> dict[str, str]:
    way = "inline" if inline else "attachment"
    return {"content-disposition": f"{way}; filename*=UTF-8''{quote(name)}"}
