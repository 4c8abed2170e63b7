"""Small HTTP answers, and bodies that are small too."""

import json
from asyncio import timeout
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from allonce.kernel.errors import TooLarge, TooSlow, UserError
from allonce.kernel.errors.translate import PROBLEM_JSON
from allonce.kernel.messaging.realtime.frames import LONGEST_FRAME

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
BODY_SECONDS = 15


class Gone(Exception):
    """The client went away."""


async def read_body(receive: Receive) -> bytes:
    """The whole body. Raises TooLarge, TooSlow or Gone."""
    body = bytearray()
    try:
        async with timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                body += message.get("body", b"")
                if len(body) > LONGEST_FRAME:
                    raise TooLarge
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise TooSlow from None


async def answer(
    send: Send, body: str, *, status: int = 200, kind: str = "application/json", also: Headers | None = None
) -> None:
    """One whole answer that nobody keeps."""
    content = body.encode()
    headers = [*_common(kind), (b"content-length", str(len(content)).encode()), *(also or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def answer_problem(send: Send, error: UserError) -> None:
    """RFC 9457 problem details."""
    also = [(name.lower().encode(), value.encode()) for name, value in error.headers.items()]
    # A body that was refused half read would be taken for the next request.
    also += [(b"connection", b"close")] if isinstance(error, TooLarge | TooSlow) else []
    problem = {**error.as_problem(), "detail": str(error)}
    await answer(send, json.dumps(problem), status=error.status, kind=PROBLEM_JSON, also=also)


def _common(kind: str) -> Headers:
    return [
        (b"content-type", kind.encode()),
        (b"cache-control", b"private, no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]


async def start_events(send: Send) -> None:
    """The head of an answer that does not end; proxies are asked not to hold it back."""
    headers = [*_common("text/event-stream"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
