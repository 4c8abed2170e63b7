"""A dealer's own system on this machine: it takes whatever is posted to it."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

WAIT_SECONDS = 60


@dataclass(frozen=True)
class Posted:
    """One request."""

    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        """As Standard Webhooks tell a receiver to find out, by its own means."""
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return f"v1,{made}" in self.headers["webhook-signature"].split()


class Receiver:
    """What came, by its path, at `address`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.taken: list[tuple[str, Posted]] = []

    def at(self, path: str) -> list[Posted]:
        return [posted for where, posted in self.taken if where == path]

    def first_at(self, path: str) -> Posted:
        """Once something has come there."""
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            if found := self.at(path):
                return found[0]
            time.sleep(0.2)
        raise AssertionError(f"nothing was posted to {path}; there is {[where for where, _posted in self.taken]}")


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Runs for the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.taken.append((self.path, Posted(headers, body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
