"""A real SMTP server that misbehaves as told, for tests."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP

from allonce.kernel.post.mailbox.intake import listen
from allonce.kernel.post.mailbox.letters import Letter


@dataclass
class Relay:
    """What the server is to do, and what it took. Changed from the test's thread, read from the server's."""

    port: int = 0
    refuse: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    down: bool = False
    slow_seconds: float = 0.0
    slow_to: set[str] = field(default_factory=set)
    drop_after_data: bool = False
    drop_before_data: bool = False
    refuse_content: bool = False
    when_taken: Callable[[], None] | None = None
    letters: list[Letter] = field(default_factory=list)
    sessions: int = 0

    def behave(self) -> None:
        """From now on do nothing wrong, and forget what was taken."""
        self.refuse, self.busy, self.slow_to, self.letters = set(), set(), set(), []
        self.down = self.drop_after_data = self.drop_before_data = self.refuse_content = False
        self.slow_seconds, self.when_taken = 0.0, None

    def to(self, recipient: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.recipient == recipient]

    async def handle_MAIL(self, server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:
        self.sessions += 1
        if self.down:
            _hang_up(server)
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:
        if self.drop_before_data:
            _hang_up(server)
        if address in self.refuse:
            return f"550 5.1.1 <{address}> nobody here, says the relay"
        if address in self.busy:
            return "451 4.2.0 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:
        if self.refuse_content:
            return "554 5.7.0 This looks like spam"
        for address in envelope.rcpt_tos:
            self.letters.append(Letter.taken(recipient=address, sender=envelope.mail_from, raw=envelope.content))
        if self.when_taken:
            await asyncio.to_thread(self.when_taken)
        if self.drop_after_data:
            _hang_up(server)
        if not self.slow_to or self.slow_to & set(envelope.rcpt_tos):
            await asyncio.sleep(self.slow_seconds)
        return "250 2.0.0 Taken"


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@contextmanager
def running_relay() -> Iterator[Relay]:
    """A relay on a free port of loopback, in a thread of its own."""
    relay, ready = Relay(), threading.Event()
    ends: list[Callable[[], object]] = []

    async def serve() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        ends.append(lambda: loop.call_soon_threadsafe(stop.set))
        server = await listen(relay, "127.0.0.1", 0)
        relay.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield relay
    finally:
        ends[0]()
        thread.join(10)
