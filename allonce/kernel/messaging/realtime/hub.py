"""The middle of a process's realtime side, in its event loop: who listens where, and what goes to them."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any
from uuid import UUID

import structlog

from allonce.kernel.messaging.announcing import GONE, News, tell
from allonce.kernel.messaging.realtime.admission import Admission, Caller, admit, read_lines
from allonce.kernel.messaging.realtime.coming import came, went
from allonce.kernel.messaging.realtime.commit import Answer, Committed, Marking, Sending
from allonce.kernel.messaging.realtime.connection import RESTART, Connection
from allonce.kernel.messaging.realtime.limits import Limits
from allonce.kernel.messaging.realtime.presence import here
from allonce.kernel.messaging.realtime.subscription import TRUST_SECONDS, Subscription
from allonce.kernel.messaging.realtime.threads import Threads
from allonce.kernel.messaging.realtime.writer import Order, Writer
from allonce.kernel.messaging.wire import Frame, Line, encode

log = structlog.get_logger("allonce.messaging")
# Whoever comes back within it (a reload, a change of network) was never away.
GRACE_SECONDS = 5.0


class Channel:
    """One stream with readers here. `head` is what has been handed to those who are live; None until it is known."""

    __slots__ = ("account_id", "fetching", "head", "stream_id", "subscriptions", "wanted")

    def __init__(self, stream_id: UUID) -> None:
        self.stream_id = stream_id
        self.account_id: UUID | None = None
        self.head: int | None = None
        self.wanted = 0
        self.fetching = False
        self.subscriptions: list[Subscription] = []

    @property
    def level(self) -> int:
        """The number with which a reader is level with all others."""
        return self.head or 0


class Hub:
    """Lives in one event loop; `hear` and `delivered` may be called from any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.threads = Threads()
        self.limits = Limits()
        self.writer = Writer(self.delivered)
        self.channels: dict[UUID, Channel] = {}
        self.connections: set[Connection] = set()
        self.closing = False
        self.admissions: dict[tuple[Caller, UUID], tuple[Admission, float]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something beside, and keep hold of it."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def join(self, stream_id: UUID, subscription: Subscription) -> Channel:
        """The stream's channel, with this reader in it."""
        channel = self.channels.get(stream_id)
        if channel is None:
            channel = self.channels[stream_id] = Channel(stream_id)
        channel.subscriptions.append(subscription)
        return channel

    def know(self, channel: Channel, admission: Admission) -> None:
        """Where the stream stands, by somebody who looked after the channel was there."""
        channel.account_id = admission.account_id
        if channel.head is None:
            channel.head = admission.head
            self._fetch_if_behind(channel)

    def part(self, subscription: Subscription) -> None:
        """A reader leaves; it is missed after a moment of grace."""
        channel = subscription.channel
        if subscription in channel.subscriptions:
            channel.subscriptions.remove(subscription)
        if not channel.subscriptions and self.channels.get(channel.stream_id) is channel:
            del self.channels[channel.stream_id]
        if subscription.greeted and subscription.admission is not None:
            self.loop.call_later(0 if self.closing else GRACE_SECONDS, self._left, subscription.admission)

    def arrived(self, subscription: Subscription) -> None:
        """A reader is live."""
        admission = subscription.admission
        assert admission is not None
        seat = admission.seat
        if here.arrive(seat.stream_id, (seat.name, seat.staff)):
            self.threads.later(came, admission)

    async def admit(self, caller: Caller, stream_id: UUID) -> Admission:
        """The caller's seat, as asked for in the last 30 seconds. Raises UserError."""
        known = self.admissions.get((caller, stream_id))
        if known is not None and self.loop.time() - known[1] < TRUST_SECONDS:
            return known[0]
        admission = await self.threads.run(admit, caller, stream_id)
        self.remember(caller, admission)
        return admission

    def remember(self, caller: Caller, admission: Admission) -> None:
        """Trust this seat for 30 seconds."""
        self.admissions[(caller, admission.seat.stream_id)] = (admission, self.loop.time())

    def send(self, sending: Sending, done: Callable[[Answer], None]) -> None:
        """Have it committed; `done` gets the answer after the commit. Raises Unavailable or TooFast at once."""
        seat = sending.seat
        self.limits.count_send(seat.stream_id, seat.name, staff=seat.staff)
        self.writer.submit((sending, done))

    def mark(self, marking: Marking) -> None:
        """Have a read mark written. Raises Unavailable."""
        self.writer.submit((marking, _nobody_waits))

    def say(self, stream_id: UUID, frame: Frame) -> None:
        """Tell everybody in the stream, in all processes, something that is not stored."""
        self.threads.later(tell, News(said=[(stream_id, {**frame, "s": str(stream_id)})]))

    def hear(self, news: News) -> None:
        """News of this or another process."""
        self._soon(self._heard, news)

    def delivered(self, orders: list[Order], done: Committed) -> None:
        """The writer's answers; acknowledgements go out first, then the entries to their readers."""
        self._soon(self._deliver, orders, done)
        heads = {stream_id: lines[-1].seq for stream_id, lines in done.lines.items()}
        marks = [order for order, _resolve in orders if isinstance(order, Marking) and order.raised]
        said = [(each.stream_id, _read_frame(each)) for each in marks]
        if heads or said:
            tell(News(heads, said))

    def moved(self, stream_id: UUID, head: int) -> None:
        """A stream has come to `head`, whoever wrote it."""
        channel = self.channels.get(stream_id)
        if channel is None:
            return
        if head == GONE:
            for each in list(channel.subscriptions):
                each.connection.push(encode({"t": "reset", "s": str(stream_id)}))
                each.connection.subscriptions.pop(stream_id, None)
                each.close()
            return
        channel.wanted = max(channel.wanted, head)
        self._fetch_if_behind(channel)

    def forget_old_admissions(self) -> None:
        """Drop what is no longer trusted."""
        oldest = self.loop.time() - TRUST_SECONDS
        self.admissions = {key: known for key, known in self.admissions.items() if known[1] > oldest}

    def say_bye(self) -> None:
        """Ask everybody to come back later; new ones are told the same."""
        self.closing = True
        for connection in list(self.connections):
            connection.bye()

    async def stop(self) -> None:
        """End all connections and the threads; what was sent before is written first."""
        self.say_bye()
        await self.loop.run_in_executor(None, self.writer.stop)
        for connection in list(self.connections):
            connection.cut(RESTART)
        for task in list(self._tasks):
            task.cancel()
        self.threads.stop()

    def _soon(self, work: Any, *args: Any) -> None:
        try:
            self.loop.call_soon_threadsafe(work, *args)
        except RuntimeError:
            log.warning("loop_gone")

    def _deliver(self, orders: list[Order], done: Committed) -> None:
        for order, resolve in orders:
            if isinstance(order, Sending) and order.answer is not None:
                resolve(order.answer)
        for stream_id, lines in done.lines.items():
            channel = self.channels.get(stream_id)
            if channel is None:
                continue
            if channel.head is not None and not channel.fetching and lines[0].seq == channel.head + 1:
                self._hand_out(channel, lines)
            else:
                self.moved(stream_id, lines[-1].seq)

    def _hand_out(self, channel: Channel, lines: Sequence[Line]) -> None:
        channel.head = lines[-1].seq
        for subscription in list(channel.subscriptions):
            subscription.take(lines)

    def _fetch_if_behind(self, channel: Channel) -> None:
        if channel.head is not None and channel.wanted > channel.head and not channel.fetching:
            channel.fetching = True
            self.spawn(self._fetch(channel))

    async def _fetch(self, channel: Channel) -> None:
        """Read what others wrote and hand it out, until the channel is level with the stream."""
        try:
            while channel.subscriptions and channel.wanted > channel.level:
                assert channel.account_id is not None
                lines = await self.threads.run(read_lines, channel.stream_id, channel.account_id, channel.level)
                if not lines:
                    channel.head = channel.wanted
                else:
                    self._hand_out(channel, lines)
        except Exception as error:
            log.error("fetching_failed", exc_info=error)
        finally:
            channel.fetching = False

    def _heard(self, news: News) -> None:
        for stream_id, head in news.heads.items():
            self.moved(stream_id, head)
        for stream_id, frame in news.said:
            self._pass_on(stream_id, frame)

    def _pass_on(self, stream_id: UUID, frame: Frame) -> None:
        channel = self.channels.get(stream_id)
        if channel is None:
            return
        text = encode(frame)
        for each in list(channel.subscriptions):
            if each.greeted and _concerns(each, frame):
                each.hear(text)

    def _left(self, admission: Admission) -> None:
        seat = admission.seat
        if here.leave(seat.stream_id, (seat.name, seat.staff)):
            self.threads.later(went, admission)


def _nobody_waits(_answer: Answer) -> None:
    """A read mark that was not written is sent again with the next one."""


def _read_frame(marking: Marking) -> Frame:
    return {"t": "read", "s": str(marking.stream_id), "seat": marking.seat, "up_to": marking.raised}


def _concerns(subscription: Subscription, frame: Frame) -> bool:
    """Nobody is told what they do themselves, and visitors are not told which colleagues read along."""
    seat = subscription.seat
    if frame["t"] in ("typing", "presence") and frame.get("seat") == seat.name:
        return False
    return frame["t"] != "presence" or seat.staff or not frame.get("staff")
