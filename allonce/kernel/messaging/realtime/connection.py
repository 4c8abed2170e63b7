"""What all transports share: a bounded buffer of frames on their way out, and a good end."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from uuid import UUID

from allonce.kernel.messaging.realtime.admission import Caller
from allonce.kernel.messaging.wire import encode

if TYPE_CHECKING:
    from allonce.kernel.errors import UserError
    from allonce.kernel.messaging.realtime.hub import Hub
    from allonce.kernel.messaging.realtime.subscription import Subscription

UNAUTHORISED, BAD_FRAME, SLOW_READER, TOO_LARGE, TOO_MANY = 4001, 4002, 4008, 4009, 4029
RESTART, SERVER_FAULT = 1012, 1011
# A reader who leaves more than this unread is cut off and comes back for it; a backlog is handed on in smaller parts.
MOST_BUFFERED = 1024 * 1024
PART = 128 * 1024
# A server that stops asks its readers to spread their return over so many milliseconds.
SPREAD = (500, 5000)


class Connection:
    """One reader. `push` never waits: a reader that does not keep up is ended with 4008."""

    __slots__ = ("_drained", "_wake", "buffer", "caller", "code", "hub", "size", "subscriptions", "task")

    def __init__(self, hub: "Hub", caller: Caller) -> None:
        self.hub = hub
        self.caller = caller
        self.buffer: list[str] = []
        self.size = 0
        # Why this connection is to end; 0 while it lives.
        self.code = 0
        self.subscriptions: dict[UUID, Subscription] = {}
        self.task: asyncio.Task[None] | None = None
        self._wake: asyncio.Future[None] | None = None
        self._drained: asyncio.Future[None] | None = None

    def push(self, text: str, seq: int = 0) -> None:
        """Put a frame into the buffer. `seq` is the number that the reader may come back with, if the frame has one."""
        if self.code:
            return
        made = self.formed(text, seq)
        self.buffer.append(made)
        self.size += len(made)
        if self.size > MOST_BUFFERED:
            self.cut(SLOW_READER)
        else:
            self._awake()

    def formed(self, text: str, seq: int) -> str:  # noqa: ARG002 (transports that number frames use it)
        """The frame as this transport writes it."""
        return text

    def end(self, code: int) -> None:
        """End it once everything in the buffer is out."""
        self.code = self.code or code
        self._awake()

    def cut(self, code: int) -> None:
        """End it now, whatever is unread."""
        self.code = self.code or code
        self.buffer.clear()
        if self.task is not None:
            self.task.cancel()

    def bye(self, code: str = "restart") -> None:
        """Tell the reader to come back after a while of its own, and end."""
        wait = random.randint(*SPREAD)  # noqa: S311 (spreading load is no secret)
        self.push(encode({"t": "bye", "code": code, "wait": wait}))
        self.end(RESTART)

    def refused(self, subscription: "Subscription", error: "UserError") -> None:
        """The caller has no seat there, or has lost it."""
        raise NotImplementedError

    async def drained(self) -> None:
        """Wait until the buffer is out, if it holds more than one part."""
        if self.size > PART and not self.code:
            if self._drained is None:
                self._drained = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._drained)

    async def pump(self, write: Callable[[list[str]], Awaitable[None]]) -> None:
        """Write what is pushed until the connection ends. Runs in the task that `cut` cancels."""
        while True:
            if not self.buffer:
                self._settle()
                if self.code:
                    return
                self._wake = asyncio.get_running_loop().create_future()
                await self._wake
                self._wake = None
                continue
            frames, self.buffer = self.buffer, []
            size = sum(map(len, frames))
            await write(frames)
            self.size -= size

    def leave(self) -> None:
        """Give up all seats. Safe to repeat."""
        self.code = self.code or RESTART
        self._settle()
        for subscription in list(self.subscriptions.values()):
            subscription.close()
        self.subscriptions.clear()

    def _awake(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    def _settle(self) -> None:
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)
        self._drained = None
