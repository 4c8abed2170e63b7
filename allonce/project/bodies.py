"""Django's ASGI handler with request bodies in memory only, under a hard cap.

Django's own writes bodies beyond a limit into temporary files; an order must never touch the server's disk.
"""

from asyncio import timeout
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from io import BytesIO
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.http import HttpResponse

from allonce.kernel.errors import TooLarge, TooSlow, Unavailable, UserError
from allonce.kernel.errors.translate import answer

# How much of a refused body is read and thrown away, so that its sender gets to see the answer.
DRAIN_BYTES = 256 * 1024 * 1024
DRAIN_SECONDS = 30
# One address may hold this part of what all together may.
SHARES = 4

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

# Who sends the request that this task serves.
_sender: ContextVar[str] = ContextVar("sender", default="")


class Refused(Exception):
    """This body is not taken; `answer` tells why."""

    def __init__(self, answer: UserError) -> None:
        self.answer = answer
        super().__init__(answer.code)


class MemoryBodies(ASGIHandler):
    """Serves requests whose bodies fit MAX_BODY_BYTES and arrive within BODY_SECONDS, else 413 or 408.

    All bodies together fit MAX_BODIES_BYTES, and those of one address a quarter of it, else 503: so nobody can hold
    all that there is, and nobody can hold anything for long.
    """

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=True)
        self.held = 0
        self.held_for: Counter[str] = Counter()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        _sender.set((scope.get("client") or ("",))[0])
        try:
            _refuse_announced(scope)
            await super().__call__(scope, receive, send)
        except Refused as refusal:
            response = await sync_to_async(answer)(ASGIRequest(dict(scope), BytesIO()), refusal.answer)
            await _send_and_drain(response, receive, send)

    async def read_body(self, receive: Receive) -> BytesIO:
        """The whole body. Raises RequestAborted if the client goes away, Refused beyond the caps."""
        body = CountedBody(self, _sender.get())
        try:
            async with timeout(settings.BODY_SECONDS):
                await _fill(body, receive)
        except TimeoutError:
            body.close()
            raise Refused(TooSlow()) from None
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return body


class CountedBody(BytesIO):
    """A body that counts towards what its handler may hold, until it is closed."""

    def __init__(self, handler: MemoryBodies, sender: str) -> None:
        super().__init__()
        self.handler = handler
        self.sender = sender
        self.counted = 0

    def take(self, chunk: bytes) -> None:
        """Add a chunk. Raises Refused beyond the caps."""
        if self.counted + len(chunk) > settings.MAX_BODY_BYTES:
            raise Refused(TooLarge())
        share = settings.MAX_BODIES_BYTES // SHARES
        here, everywhere = self.handler.held_for[self.sender], self.handler.held
        if here + len(chunk) > share or everywhere + len(chunk) > settings.MAX_BODIES_BYTES:
            raise Refused(Unavailable(retry_after=5))
        self._count(len(chunk))
        self.write(chunk)

    def close(self) -> None:
        self._count(-self.counted)
        super().close()

    def _count(self, size: int) -> None:
        self.counted += size
        self.handler.held += size
        self.handler.held_for[self.sender] += size
        if not self.handler.held_for[self.sender]:
            del self.handler.held_for[self.sender]

    def __del__(self) -> None:
        # Django closes the body only when a response is sent; a cancelled request just drops it.
        self.close()


async def _fill(body: CountedBody, receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestAborted
        body.take(message.get("body", b""))
        if not message.get("more_body", False):
            return


def _refuse_announced(scope: dict[str, Any]) -> None:
    """Refuse by the announced length, before a byte of the body is read."""
    for name, value in scope.get("headers", ()):
        if name == b"content-length" and value.isdigit() and int(value) > settings.MAX_BODY_BYTES:
            raise Refused(TooLarge())


async def _send_and_drain(response: HttpResponse, receive: Receive, send: Send) -> None:
    """Answer at once, then let the rest of the body run out unkept: a browser cut off while sending shows no answer."""
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in response.items()]
    headers.append((b"content-length", str(len(response.content)).encode()))
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content, "more_body": True})
    with suppress(TimeoutError):
        async with timeout(DRAIN_SECONDS):
            await _drain(receive)
    await send({"type": "http.response.body", "body": b""})


async def _drain(receive: Receive) -> None:
    left = DRAIN_BYTES
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


async def _live(receive: Receive, send: Send) -> None:
    """Answer the server's start and stop."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
