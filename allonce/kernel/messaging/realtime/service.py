"""Starting and stopping the realtime side with the server that runs it."""

import asyncio
import resource
import signal
import threading
from types import FrameType
from typing import Any

from django.conf import settings

from allonce.kernel.messaging.announcing import listen, stop_listening
from allonce.kernel.messaging.realtime import beating, bus
from allonce.kernel.messaging.realtime.hub import Hub

MOST_FILES = 65_536


class Service:
    """One hub for one event loop; made when the first thing needs it."""

    def __init__(self) -> None:
        self._hub: Hub | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._handlers: dict[int, Any] = {}

    def hub(self) -> Hub:
        """The running hub. Call it within the event loop."""
        if self._hub is None:
            self._hub = self._start()
        return self._hub

    async def stop(self) -> None:
        """End connections, write what was sent, let go of threads. Safe to repeat."""
        hub, self._hub = self._hub, None
        if hub is None:
            return
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()
        for task in self._tasks:
            task.cancel()
        await hub.stop()
        stop_listening(hub.hear)

    def _start(self) -> Hub:
        _allow_many_connections()
        hub = Hub(asyncio.get_running_loop())
        hub.writer.start()
        listen(hub.hear)
        works = [beating.beat(hub)]
        if settings.REDIS_URL:
            works.append(bus.hear(settings.REDIS_URL, hub.hear, lambda: hub.spawn(beating.look_at_all(hub))))
        else:
            works.append(beating.look_for_moves(hub))
        self._tasks = [asyncio.create_task(work) for work in works]
        self._hear_the_end(hub)
        return hub

    def _hear_the_end(self, hub: Hub) -> None:
        """Say bye before the server does anything: it would wait for streams that never end by themselves."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            former = signal.getsignal(number)
            if callable(former) and former is not signal.default_int_handler:
                self._handlers[number] = former
                signal.signal(number, _bye_and_then(hub, former))


def _bye_and_then(hub: Hub, former: Any) -> Any:
    def handle(number: int, frame: FrameType | None) -> None:
        hub.loop.call_soon_threadsafe(hub.say_bye)
        former(number, frame)

    return handle


def _allow_many_connections() -> None:
    """Each connection is an open file; the limit that a shell sets is meant for people."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
