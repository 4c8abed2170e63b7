"""One reader's place in one stream: first it catches up, then it is live; at no time is an entry left out."""

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from allonce.kernel.errors import UserError
from allonce.kernel.messaging.ports import Seat
from allonce.kernel.messaging.realtime.admission import PAGE, Admission, Page, first_page, read_lines
from allonce.kernel.messaging.realtime.connection import SERVER_FAULT, Connection
from allonce.kernel.messaging.wire import Line, encode, gap, may_see

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allonce.kernel.messaging.realtime.hub import Channel, Hub

log = structlog.get_logger("allonce.messaging")
# A seat is asked for again when it is used after this time.
TRUST_SECONDS = 30.0
# Whoever is further behind fetches the snapshot.
MOST_BACKLOG = 10_000


class Subscription:
    """The channel knows it from the first moment, and passes it by until it is live: an overlap, never a hole."""

    __slots__ = (
        "admission",
        "admitted_at",
        "channel",
        "closed",
        "connection",
        "cursor",
        "greeted",
        "hub",
        "live",
        "said",
    )

    def __init__(self, hub: "Hub", connection: Connection, stream_id: UUID, after: int) -> None:
        self.hub = hub
        self.connection = connection
        self.cursor = after
        self.live = self.greeted = self.closed = False
        self.admission: Admission | None = None
        self.admitted_at = 0.0
        # What was said while the seat was being asked for again.
        self.said = ""
        self.channel: Channel = hub.join(stream_id, self)

    @property
    def seat(self) -> Seat:
        """Who sits here. Only after `open`."""
        assert self.admission is not None
        return self.admission.seat

    @property
    def trusted(self) -> bool:
        """Whether the seat was asked for lately."""
        return self.admission is not None and self.hub.loop.time() - self.admitted_at < TRUST_SECONDS

    async def open(self) -> Page:
        """Ask for the seat and read the first page. Raises UserError."""
        connection, stream_id = self.connection, self.channel.stream_id
        page = await self.hub.threads.run(first_page, connection.caller, stream_id, self.cursor)
        self.admission, self.admitted_at = page.admission, self.hub.loop.time()
        self.hub.remember(connection.caller, page.admission)
        self.hub.know(self.channel, page.admission)
        return page

    async def run(self, page: Page | None = None) -> None:
        """Hand on page after page until the reader is level with the channel. Never raises."""
        try:
            while not self.closed and not self.live:
                page = page or await self._next_page()
                await self._hand_on(page)
                page = None
        except UserError as error:
            if not self.closed:
                self.connection.refused(self, error)
        except Exception as error:
            log.error("catching_up_failed", exc_info=error)
            self.connection.end(SERVER_FAULT)

    def take(self, lines: "Sequence[Line]") -> None:
        """Entries that just came, if the reader is live."""
        if not self.live:
            return
        if not self.trusted:
            self._ask_again()
            return
        for line in lines:
            self._give(line)

    def hear(self, text: str) -> None:
        """A frame that is stored nowhere."""
        if self.live and self.trusted:
            self.connection.push(text)
        elif self.greeted:
            self.said = text
            if self.live:
                self._ask_again()

    def close(self) -> None:
        """Leave the stream. Safe to repeat."""
        if not self.closed:
            self.closed, self.live = True, False
            self.hub.part(self)

    def _ask_again(self) -> None:
        self.live = False
        self.hub.spawn(self.run())

    async def _next_page(self) -> Page:
        if not self.trusted:
            return await self.open()
        assert self.admission is not None
        stream_id = self.channel.stream_id
        lines = await self.hub.threads.run(read_lines, stream_id, self.admission.account_id, self.cursor)
        return Page(self.admission, lines)

    async def _hand_on(self, page: Page) -> None:
        if self._is_too_old(page):
            self.cursor = max(page.admission.head, self.channel.level)
            self.connection.push(encode({"t": "reset", "s": str(self.channel.stream_id)}))
            return
        for line in page.lines:
            if self.closed:
                return
            self._give(line)
            await self.connection.drained()
        if not self.closed and len(page.lines) < PAGE:
            await self._settle(page)

    async def _settle(self, page: Page) -> None:
        if self.cursor >= self.channel.level:
            self._go_live(page)
        elif not page.lines:
            # The stream has moved and nothing is there: is it still the reader's, or gone?
            self.admitted_at = 0.0
            await asyncio.sleep(0.05)

    def _is_too_old(self, page: Page) -> bool:
        """Beyond the log (which then was restored from a backup), before what is left of it, or too far behind."""
        if page.lines and page.lines[0].seq > self.cursor + 1:
            return True
        # Only then is the head that was read younger than the cursor.
        return page.fresh and not 0 <= page.admission.head - self.cursor <= MOST_BACKLOG

    def _go_live(self, page: Page) -> None:
        self.live = True
        if not self.greeted:
            self._greet(page)
        if self.said:
            self.connection.push(self.said)
            self.said = ""

    def _greet(self, page: Page) -> None:
        self.greeted = True
        push, stream, mine = self.connection.push, str(self.channel.stream_id), self.seat
        for name, up_to in page.marks.items():
            push(encode({"t": "read", "s": stream, "seat": name, "up_to": up_to}))
        push(encode({"t": "live", "s": stream, "head": self.cursor}))
        for name, staff in page.here:
            if name != mine.name and (mine.staff or not staff):
                push(encode({"t": "presence", "s": stream, "seat": name, "on": True, "staff": staff}))
        self.hub.arrived(self)

    def _give(self, line: Line) -> None:
        if line.seq <= self.cursor:
            return
        self.cursor = line.seq
        if not may_see(self.seat, line.sender, line.audience):
            self.connection.push(encode(gap(self.channel.stream_id, line.seq)), line.seq)
            return
        if line.before:
            self.connection.push(line.before)
        self.connection.push(line.frame, line.seq)
