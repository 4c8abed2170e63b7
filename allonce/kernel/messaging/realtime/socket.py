"""GET socket: all verbs and many streams on one WebSocket."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allonce.kernel.accounts.access import NotSignedIn
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.messaging.errors import BadFrame
from allonce.kernel.messaging.realtime import connection as ends
from allonce.kernel.messaging.realtime import verbs
from allonce.kernel.messaging.realtime.admission import Admission, Caller
from allonce.kernel.messaging.realtime.answers import Receive, Send
from allonce.kernel.messaging.realtime.connection import Connection
from allonce.kernel.messaging.realtime.doors import key_of, with_token
from allonce.kernel.messaging.realtime.frames import LONGEST_FRAME, number_in, parsed, stream_of
from allonce.kernel.messaging.realtime.limits import TooManyConnections
from allonce.kernel.messaging.realtime.subscription import Subscription
from allonce.kernel.messaging.wire import Frame, encode

if TYPE_CHECKING:
    from allonce.kernel.messaging.realtime.hub import Hub

MOST_SUBSCRIPTIONS = 300
# Whoever has shown nothing that opens a stream by then is sent away.
HELLO_SECONDS = 10.0
CLOSING_SECONDS = 2.0
NOBODY = Caller()


class Socket(Connection):
    """One reader and writer by WebSocket."""

    __slots__ = ("address", "key", "main")

    def __init__(self, hub: "Hub", caller: Caller, address: str) -> None:
        super().__init__(hub, caller)
        self.address = address
        self.key = b""
        self.main: asyncio.Task[None] | None = None
        if caller != NOBODY:
            self.show(caller)

    def show(self, caller: Caller) -> None:
        """Count this connection for a credential. Raises TooManyConnections."""
        key = key_of(caller)
        self.hub.limits.connect(key, token=caller.token is not None)
        self._count_off()
        self.caller, self.key = caller, key

    def refused(self, subscription: Subscription, error: UserError) -> None:
        """A token opens one conversation, so its end ends the connection; a person's session may open others."""
        subscription.close()
        stream_id = subscription.channel.stream_id
        if self.subscriptions.get(stream_id) is subscription:
            del self.subscriptions[stream_id]
        self.tell_refusal({"s": str(stream_id)}, error)

    def tell_refusal(self, frame: Frame, error: UserError) -> None:
        """Answer what was refused, and end where nothing else can be hoped for."""
        self.push(encode(verbs.nack_of(frame, error)))
        stranger = isinstance(error, NotSignedIn) or (isinstance(error, NotFound) and self.caller.token is not None)
        if isinstance(error, NotFound):
            self.hub.limits.count_refusal(self.address)
        if stranger:
            self.end(ends.UNAUTHORISED)

    def leave(self) -> None:
        self._count_off()
        super().leave()

    def _count_off(self) -> None:
        if self.key:
            self.hub.limits.disconnect(self.key)
            self.key = b""


async def serve_socket(hub: "Hub", caller: Caller, address: str, receive: Receive, send: Send) -> None:
    """Serve until either side ends. Raises TooManyConnections before anything was accepted."""
    await receive()
    socket = Socket(hub, caller, address)
    await send({"type": "websocket.accept"})
    hub.connections.add(socket)
    socket.main = asyncio.current_task()
    socket.task = asyncio.create_task(socket.pump(_writer(send)))
    socket.task.add_done_callback(lambda done: _pump_ended(socket, done))
    late = hub.loop.call_later(HELLO_SECONDS, _end_if_nobody, socket)
    try:
        await _converse(socket, receive)
    except asyncio.CancelledError:
        if not socket.code or socket.main is None:
            raise
        socket.main.uncancel()
        with suppress(TimeoutError, Exception):
            async with asyncio.timeout(CLOSING_SECONDS):
                await send({"type": "websocket.close", "code": socket.code})
    finally:
        late.cancel()
        hub.connections.discard(socket)
        socket.main = None
        socket.task.cancel()
        socket.leave()


def _writer(send: Send) -> Callable[[list[str]], Any]:
    async def write(frames: list[str]) -> None:
        for text in frames:
            await send({"type": "websocket.send", "text": text})

    return write


def _pump_ended(socket: Socket, pump: "asyncio.Task[None]") -> None:
    if not pump.cancelled():
        # A line that broke under a write is no fault of ours; its end is heard by the reading side too.
        pump.exception()
    socket.code = socket.code or ends.SERVER_FAULT
    if socket.main is not None:
        socket.main.cancel()


def _end_if_nobody(socket: Socket) -> None:
    if not any(each.admission for each in socket.subscriptions.values()):
        socket.end(ends.UNAUTHORISED)


async def _converse(socket: Socket, receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        if socket.code:
            continue
        if text is None:
            socket.end(ends.BAD_FRAME)
        elif len(text) > LONGEST_FRAME or len(text.encode()) > LONGEST_FRAME:
            socket.end(ends.TOO_LARGE)
        else:
            await _take(socket, text)


async def _take(socket: Socket, text: str) -> None:
    """Carry out one frame. What does not follow the protocol ends the connection; what is refused is answered."""
    frame: Frame = {}
    try:
        frame = parsed(text)
        verb = VERBS.get(str(frame.get("t")))
        if verb is None:
            raise BadFrame
        if socket.caller == NOBODY and verb is not _hello:
            raise NotSignedIn
        await verb(socket, frame)
    except BadFrame:
        socket.end(ends.BAD_FRAME)
    except TooManyConnections as error:
        socket.push(encode(verbs.nack_of({}, error)))
        socket.end(ends.TOO_MANY)
    except UserError as error:
        socket.tell_refusal(frame, error)


async def _hello(socket: Socket, frame: Frame) -> None:
    """A token speaks louder than a cookie: who tries the own site's chat while signed in is a visitor there."""
    if "token" in frame and not socket.subscriptions:
        socket.show(with_token(frame["token"]))
    elif socket.caller == NOBODY:
        raise NotSignedIn


async def _sub(socket: Socket, frame: Frame) -> None:
    stream_id, after = stream_of(frame), number_in(frame, "after")
    socket.hub.limits.check_refusals(socket.address)
    former = socket.subscriptions.pop(stream_id, None)
    if former is not None:
        former.close()
    elif len(socket.subscriptions) >= MOST_SUBSCRIPTIONS:
        raise TooManyConnections(60)
    subscription = socket.subscriptions[stream_id] = Subscription(socket.hub, socket, stream_id, after)
    socket.hub.spawn(subscription.run())


async def _unsub(socket: Socket, frame: Frame) -> None:
    subscription = socket.subscriptions.pop(stream_of(frame), None)
    if subscription is not None:
        subscription.close()


async def _send(socket: Socket, frame: Frame) -> None:
    admission = await _admission(socket, stream_of(frame))
    verbs.send(socket.hub, admission, frame, lambda answer: socket.push(encode(verbs.ack_of(frame, answer))))


async def _read(socket: Socket, frame: Frame) -> None:
    verbs.read(socket.hub, await _admission(socket, stream_of(frame)), frame)


async def _typing(socket: Socket, frame: Frame) -> None:
    verbs.typing(socket.hub, await _admission(socket, stream_of(frame)), frame)


async def _ping(socket: Socket, _frame: Frame) -> None:
    socket.push('{"t":"pong"}')


async def _admission(socket: Socket, stream_id: UUID) -> Admission:
    subscription = socket.subscriptions.get(stream_id)
    if subscription is not None and subscription.trusted and subscription.admission is not None:
        return subscription.admission
    return await socket.hub.admit(socket.caller, stream_id)


VERBS = {
    "hello": _hello,
    "sub": _sub,
    "unsub": _unsub,
    "send": _send,
    "read": _read,
    "typing": _typing,
    "ping": _ping,
}
