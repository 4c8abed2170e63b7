"""The real server on a free port of loopback, in a thread of its own."""

import asyncio
import smtplib
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from allonce.kernel.desk.receiving.lmtp import Intake, receive


@dataclass
class Desk:
    """What the callback was given, and how it is to behave."""

    port: int = 0
    given: list[tuple[bytes, tuple[str, ...], str]] = field(default_factory=list)
    fail: bool = False
    not_for: Collection[str] = ()
    before_return: Callable[[], object] = lambda: None
    stop: Callable[[], object] = lambda: None

    def take(self, raw: bytes, recipients: tuple[str, ...], envelope_from: str) -> Collection[str] | None:
        self.given.append((raw, recipients, envelope_from))
        self.before_return()
        if self.fail:
            raise RuntimeError("the database is away")
        return self.not_for

    def client(self) -> smtplib.LMTP:
        return smtplib.LMTP("127.0.0.1", self.port, local_hostname="tests", timeout=20)


@contextmanager
def listening(make: Callable[[Desk], Intake] = lambda desk: Intake(desk.take)) -> Iterator[Desk]:
    """A running server and the desk behind it."""
    desk, ready = Desk(), threading.Event()

    def started(port: int) -> None:
        desk.port = port
        ready.set()

    async def serve() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        desk.stop = lambda: loop.call_soon_threadsafe(stop.set)
        await receive(make(desk), stop, started=started)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield desk
    finally:
        if thread.is_alive():
            desk.stop()
        thread.join(20)
        assert not thread.is_alive()
