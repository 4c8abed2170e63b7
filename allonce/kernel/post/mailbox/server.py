"""Runs the relay and the page in one event loop."""

import asyncio
import logging
from dataclasses import dataclass, field

import uvicorn

from allonce.kernel.post.mailbox.events import Reporter
from allonce.kernel.post.mailbox.intake import Faults, Handler, listen
from allonce.kernel.post.mailbox.pages import Pages
from allonce.kernel.post.mailbox.store import Store

LOOPBACK = "127.0.0.1"


@dataclass
class Mailbox:
    """One mailbox process: where it listens, whom it tells, and its mail."""

    smtp_port: int
    page_port: int
    reporter: Reporter
    host: str = LOOPBACK
    hosts: list[str] = field(default_factory=lambda: ["localhost", LOOPBACK])
    faults: Faults = field(default_factory=Faults)
    store: Store = field(default_factory=Store)

    async def serve(self) -> None:
        """Until the process is told to stop. Raises OSError where a port is taken."""
        relay = await listen(Handler(self.store, self.reporter, self.faults), LOOPBACK, self.smtp_port)
        async with relay:
            await self._page_server().serve()

    def _page_server(self) -> uvicorn.Server:
        app = Pages(self.store, self.reporter).app(self.hosts)
        config = uvicorn.Config(
            app,
            host=self.host,
            port=self.page_port,
            lifespan="off",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        return uvicorn.Server(config)


def run(mailbox: Mailbox) -> None:
    """Serve until interrupted."""
    # The relay's dialogue at INFO would be a line for each word of SMTP.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    asyncio.run(mailbox.serve())
