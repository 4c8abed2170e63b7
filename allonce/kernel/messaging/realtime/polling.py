"""GET poll: for networks that let nothing stay open. Answers as soon as there is something, else after the wait."""

import asyncio

from allonce.kernel.errors import UserError
from allonce.kernel.messaging.realtime.answers import Receive, answer
from allonce.kernel.messaging.realtime.connection import RESTART, Connection
from allonce.kernel.messaging.realtime.listening import Listening
from allonce.kernel.messaging.realtime.subscription import Subscription

LONGEST_WAIT = 30


class Poll(Connection):
    """Collects entries; what is merely said is not for it."""

    __slots__ = ()

    def push(self, text: str, seq: int = 0) -> None:
        if not self.code and (seq or text.startswith(('{"t":"erased"', '{"t":"reset"'))):
            self.buffer.append(text)
            self._awake()

    def refused(self, subscription: Subscription, error: UserError) -> None:  # noqa: ARG002 (the next poll hears)
        self.end(RESTART)

    async def collected(self, wait: float) -> list[str]:
        """What there is, as soon as there is something."""
        if not self.buffer and not self.code:
            self._wake = asyncio.get_running_loop().create_future()
            await asyncio.wait([self._wake], timeout=wait)
        return self.buffer


async def serve_poll(listening: Listening, wait: int) -> None:
    """Answer one poll. Raises UserError before anything was answered."""
    hub = listening.hub
    connection = Poll(hub, listening.caller)
    subscription = Subscription(hub, connection, listening.stream_id, listening.after)
    connection.subscriptions[listening.stream_id] = subscription
    watch = asyncio.create_task(_watch(connection, listening.receive))
    try:
        page = await subscription.open()
        hub.connections.add(connection)
        await subscription.run(page)
        frames = await connection.collected(min(max(wait, 0), LONGEST_WAIT))
        entries = ",".join(frames)
        await answer(listening.send, f'{{"entries":[{entries}],"head":{subscription.cursor}}}')
    finally:
        watch.cancel()
        hub.connections.discard(connection)
        connection.leave()


async def _watch(connection: Poll, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    connection.end(RESTART)
