"""GET stream: one stream as server-sent events. Its `id` is the entry's number."""

import asyncio
import json
from contextlib import suppress

from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.messaging.realtime.answers import Receive, Send, start_events
from allonce.kernel.messaging.realtime.connection import UNAUTHORISED, Connection
from allonce.kernel.messaging.realtime.listening import Listening
from allonce.kernel.messaging.realtime.subscription import Subscription
from allonce.kernel.messaging.wire import encode


class EventStream(Connection):
    """One reader by server-sent events."""

    __slots__ = ()

    def formed(self, text: str, seq: int) -> str:
        return f"id: {seq}\ndata: {text}\n\n" if seq else f"data: {text}\n\n"

    def refused(self, subscription: Subscription, error: UserError) -> None:  # noqa: ARG002 (there is but one)
        code = "unauthorised" if isinstance(error, NotFound) else error.code
        self.push(encode({"t": "bye", "code": code}))
        self.end(UNAUTHORISED)


async def serve_events(listening: Listening) -> None:
    """Serve until either side ends. Raises UserError before anything was answered."""
    hub, send = listening.hub, listening.send
    connection = EventStream(hub, listening.caller)
    subscription = Subscription(hub, connection, listening.stream_id, listening.after)
    connection.subscriptions[listening.stream_id] = subscription
    watch: asyncio.Task[None] | None = None
    try:
        page = await subscription.open()
        await start_events(send)
        hub.connections.add(connection)
        connection.task = asyncio.current_task()
        watch = asyncio.create_task(_watch(connection, listening.receive))
        hub.spawn(subscription.run(page))
        del page
        await _pump(connection, send)
    finally:
        hub.connections.discard(connection)
        connection.leave()
        if watch is not None:
            watch.cancel()


async def _pump(connection: EventStream, send: Send) -> None:
    async def write(frames: list[str]) -> None:
        await send({"type": "http.response.body", "body": "".join(frames).encode(), "more_body": True})

    try:
        await connection.pump(write)
        await send({"type": "http.response.body", "body": b""})
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if not connection.code or task is None:
            raise
        # Cut off by ourselves: the server closes the line when this returns with the answer unfinished.
        task.uncancel()


async def _watch(connection: EventStream, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    connection.buffer.clear()
    connection.end(UNAUTHORISED)


def last_event_id(value: bytes) -> int | None:
    """The number in the header of that name, if there is one."""
    with suppress(ValueError):
        number = json.loads(value)
        return number if isinstance(number, int) and number >= 0 else None
    return None
