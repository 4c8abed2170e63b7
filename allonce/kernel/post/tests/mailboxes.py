"""A demo mailbox running in a thread of the test."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from allonce.kernel.post.mailbox.events import Reporter
from allonce.kernel.post.mailbox.intake import Faults, Handler, listen
from allonce.kernel.post.mailbox.pages import Pages
from allonce.kernel.post.mailbox.store import Store
from allonce.kernel.post.tests.ports import free_port


@dataclass
class Running:
    """A mailbox and the ports it listens on."""

    store: Store
    smtp_port: int
    page_port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.page_port}"


@contextmanager
def running_mailbox(webhook: str = "http://127.0.0.1:9/", key: str = "k", **faults: float) -> Iterator[Running]:
    """SMTP and pages on loopback; reports go to `webhook`, signed with `key`."""
    import uvicorn

    running = Running(Store(), free_port(), free_port())
    reporter = Reporter(webhook, key)
    pages = Pages(running.store, reporter).app(["127.0.0.1"])
    config = uvicorn.Config(pages, port=running.page_port, lifespan="off", log_config=None, access_log=False)
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)

    async def serve() -> None:
        handler = Handler(running.store, reporter, Faults(**faults))
        async with await listen(handler, "127.0.0.1", running.smtp_port):
            await server.serve()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield running
    finally:
        server.should_exit = True
        thread.join(10)


def wait_until(url: str, words: str, seconds: float = 20) -> str:
    """The page's text once it holds `words`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        text = httpx.get(url).text
        if words in text:
            return text
        time.sleep(0.1)
    raise TimeoutError(words)
