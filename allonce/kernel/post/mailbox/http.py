"""The little HTTP that the mailbox needs: a request, a response, routes. Loopback only, never a public server."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
MOST_BODY_BYTES = 64 * 1024


@dataclass(frozen=True)
class Request:
    """What a page may look at."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""

    def form(self) -> dict[str, str]:
        return _first(parse_qs(self.body.decode("utf-8", "replace")))

    @property
    def is_own(self) -> bool:
        """False for a form that some other site's page sends."""
        site = self.headers.get("sec-fetch-site", "")
        if site:
            return site in {"same-origin", "none"}
        origin = self.headers.get("origin")
        return origin is None or urlsplit(origin).netloc == self.headers.get("host")


@dataclass(frozen=True)
class Response:
    """A whole answer, or a stream of them."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stream: AsyncIterator[bytes] | None = None

    def all_headers(self) -> list[tuple[bytes, bytes]]:
        given = {
            "content-type": self.kind,
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "content-security-policy": PAGE_POLICY,
            **self.headers,
        }
        return [(name.encode(), value.encode()) for name, value in given.items()]


def not_found() -> Response:
    return Response(b"Not found", "text/plain; charset=utf-8", 404)


def redirect(address: str) -> Response:
    return Response(status=303, headers={"location": address})


Handler = Callable[..., Awaitable[Response]]
Route = tuple[str, re.Pattern[str], Handler]


class App:
    """An ASGI application from routes, for the hosts named."""

    def __init__(self, routes: Iterable[tuple[str, str, Handler]], hosts: Iterable[str]) -> None:
        self._routes: list[Route] = [(verb, re.compile(path), handler) for verb, path, handler in routes]
        self._hosts = set(hosts)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        response = await self._answer(await _read(scope, receive))
        start = {"type": "http.response.start", "status": response.status, "headers": response.all_headers()}
        await send(start)
        if response.stream is not None:
            await _send_stream(response.stream, receive, send)
        await send({"type": "http.response.body", "body": response.body})

    async def _answer(self, request: Request) -> Response:
        # A page elsewhere could point a name of its own at this machine and read the mail.
        if urlsplit(f"//{request.headers.get('host', '')}").hostname not in self._hosts:
            return Response(b"Unknown host", "text/plain", 400)
        if request.method == "POST" and not request.is_own:
            return Response(b"Not from here", "text/plain", 403)
        for verb, pattern, handler in self._routes:
            match = pattern.fullmatch(request.path)
            if match and verb == request.method:
                return await handler(request, *match.groups())
        return not_found()


async def _send_stream(stream: AsyncIterator[bytes], receive: Any, send: Any) -> None:
    """Pass the stream on until the reader goes away; sending to a reader who left raises nothing."""
    left = asyncio.ensure_future(receive())
    try:
        async for piece in stream:
            if left.done():
                return
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    finally:
        left.cancel()


async def _read(scope: dict[str, Any], receive: Any) -> Request:
    body = b""
    while len(body) <= MOST_BODY_BYTES:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return Request(
        method="GET" if scope["method"] == "HEAD" else scope["method"],
        path=scope["path"],
        query=_first(parse_qs(scope["query_string"].decode("latin-1"))),
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        body=body,
    )


def _first(values: dict[str, list[str]]) -> dict[str, str]:
    return {name: found[0] for name, found in values.items()}
