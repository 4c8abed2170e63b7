"""What the server calls: pages go to Django, realtime addresses and sockets to messaging."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from allonce.kernel.messaging.realtime.app import PREFIX, Realtime
from allonce.kernel.messaging.realtime.service import Service
from allonce.project.bodies import MemoryBodies

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class House:
    """One ASGI application for everything."""

    def __init__(self) -> None:
        self.pages = MemoryBodies()
        self.service = Service()
        self.realtime = Realtime(self.service.hub)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket" or scope["path"].startswith(PREFIX):
            await self.realtime(scope, receive, send)
        else:
            await self.pages(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Answer the server's start and stop."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.service.hub()
            else:
                await self.service.stop()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
