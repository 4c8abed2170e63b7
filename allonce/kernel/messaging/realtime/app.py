"""The ASGI application for /rt/v1/: HTTP and WebSocket, beside Django's pages."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import structlog

from allonce.kernel.errors import NotFound, Unavailable, UserError
from allonce.kernel.errors.translate import as_user_error
from allonce.kernel.messaging.errors import BadFrame
from allonce.kernel.messaging.realtime import verbs
from allonce.kernel.messaging.realtime.admission import Caller
from allonce.kernel.messaging.realtime.answers import Gone, Receive, Send, answer, answer_problem, read_body
from allonce.kernel.messaging.realtime.commit import Answer
from allonce.kernel.messaging.realtime.doors import Scope, address_of, caller_of, check_place, key_of
from allonce.kernel.messaging.realtime.events import last_event_id, serve_events
from allonce.kernel.messaging.realtime.frames import HIGHEST_SEQ, parsed, stream_of
from allonce.kernel.messaging.realtime.hub import Hub
from allonce.kernel.messaging.realtime.limits import TooManyConnections
from allonce.kernel.messaging.realtime.listening import Listening
from allonce.kernel.messaging.realtime.polling import LONGEST_WAIT, serve_poll
from allonce.kernel.messaging.realtime.socket import NOBODY, serve_socket
from allonce.kernel.messaging.wire import Frame

log = structlog.get_logger("allonce.messaging")
PREFIX = "/rt/v1/"
ANSWER_SECONDS = 30


class Realtime:
    """Answers addresses below PREFIX. Holds no state but its hub's."""

    def __init__(self, hub: Callable[[], Hub]) -> None:
        self.hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        try:
            await self._http(scope, receive, send)
        except Gone:
            pass
        except UserError as error:
            await answer_problem(send, error)
        except Exception as error:
            log.error("realtime_fault", exc_info=error)
            await answer_problem(send, as_user_error(error))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        hub = self.hub()
        name = scope["path"].removeprefix(PREFIX)
        if scope["method"] == "POST" and name in POSTS:
            caller = caller_of(scope, writes=True)
            with _Refusals(hub, scope):
                await POSTS[name](hub, caller, parsed(await read_body(receive)), send)
        elif scope["method"] == "GET" and name in ("stream", "poll"):
            caller = caller_of(scope, writes=False)
            _refuse_while_closing(hub)
            after = _after(scope) if name == "stream" else _number(_query(scope), "after")
            stream_id = stream_of(_query(scope))
            await self._listen(name, Listening(hub, caller, stream_id, after, receive, send), scope)
        else:
            check_place(scope)
            raise NotFound

    async def _listen(self, name: str, listening: Listening, scope: Scope) -> None:
        limits, key = listening.hub.limits, key_of(listening.caller)
        limits.connect(key, token=listening.caller.token is not None)
        try:
            with _Refusals(listening.hub, scope):
                if name == "poll":
                    await serve_poll(listening, _number(_query(scope), "wait", LONGEST_WAIT))
                else:
                    await serve_events(listening)
        finally:
            limits.disconnect(key)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is wrong before the first frame is refused before the line is open (403)."""
        hub = self.hub()
        try:
            if scope["path"] != PREFIX + "socket":
                raise NotFound
            check_place(scope)
            _refuse_while_closing(hub)
            await serve_socket(hub, _caller_of_socket(scope), address_of(scope), receive, send)
        except (UserError, TooManyConnections):
            await send({"type": "websocket.close", "code": 1008})


class _Refusals:
    """Counts strangers' tries by address, and answers none beyond a limit."""

    def __init__(self, hub: Hub, scope: Scope) -> None:
        self.hub = hub
        self.address = address_of(scope)

    def __enter__(self) -> None:
        self.hub.limits.check_refusals(self.address)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, NotFound):
            self.hub.limits.count_refusal(self.address)


async def _post_send(hub: Hub, caller: Caller, frame: Frame, send: Send) -> None:
    admission = await hub.admit(caller, stream_of(frame))
    future: asyncio.Future[Answer] = hub.loop.create_future()
    verbs.send(hub, admission, frame, lambda found: None if future.done() else future.set_result(found))
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            found = await future
    except TimeoutError:
        raise Unavailable(retry_after=5) from None
    if isinstance(found, UserError):
        raise found
    await answer(send, json.dumps(verbs.ack_of(frame, found)))


async def _post_read(hub: Hub, caller: Caller, frame: Frame, send: Send) -> None:
    verbs.read(hub, await hub.admit(caller, stream_of(frame)), frame)
    await answer(send, "{}")


async def _post_typing(hub: Hub, caller: Caller, frame: Frame, send: Send) -> None:
    verbs.typing(hub, await hub.admit(caller, stream_of(frame)), frame)
    await answer(send, "{}")


POSTS: dict[str, Callable[[Hub, Caller, Frame, Send], Awaitable[None]]] = {
    "send": _post_send,
    "read": _post_read,
    "typing": _post_typing,
}


def _caller_of_socket(scope: Scope) -> Caller:
    """A session's cookie with our own origin; whoever has none says hello with a token."""
    try:
        return caller_of(scope, writes=True)
    except UserError as error:
        if error.status != 401:
            raise
        return NOBODY


def _refuse_while_closing(hub: Hub) -> None:
    if hub.closing:
        raise Unavailable(retry_after=2)


def _query(scope: Scope) -> dict[str, Any]:
    try:
        return dict(parse_qsl(scope.get("query_string", b"").decode("ascii"), max_num_fields=20))
    except ValueError as error:
        raise BadFrame from error


def _number(query: dict[str, Any], name: str, default: int = 0) -> int:
    value = query.get(name, str(default))
    if not value.isdigit() or not value.isascii() or len(value) > 16 or int(value) >= HIGHEST_SEQ:
        raise BadFrame
    return int(value)


def _after(scope: Scope) -> int:
    """What the browser says it has seen last wins over the address, which it keeps when it comes back."""
    header = next((value for name, value in scope["headers"] if name == b"last-event-id"), b"")
    seen = last_event_id(header) if header else None
    return _number(_query(scope), "after") if seen is None else seen
