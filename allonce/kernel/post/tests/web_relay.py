"""A real web server that plays a web relay: takes mails over HTTP, once per idempotency key, and misbehaves as told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class WebRelay:
    """What it took (one entry per mail), and what it is to do next."""

    port: int = 0
    mails: list[dict[str, Any]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    status: int = 200
    hang_up_after_taking: bool = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, key: str, mail: dict[str, Any]) -> None:
        if key and key in self.keys:
            return
        self.keys.add(key)
        self.mails.append(mail)


@contextmanager
def running_web_relay() -> Iterator[WebRelay]:
    relay = WebRelay()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if relay.status < 300:
                relay.take(self.headers.get("Idempotency-Key", ""), _as_json(body))
            if relay.hang_up_after_taking:
                self.connection.close()
                return
            self.send_response(relay.status)
            self.end_headers()
            self.wfile.write(json.dumps({"id": f"relay-{len(relay.mails)}", "message": "Queued."}).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    relay.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _as_json(body: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(body)
    except ValueError:
        found = {"form": body}
    return found
