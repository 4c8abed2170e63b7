"""What the demonstration's stand-ins for outside services have in common: a small web server on loopback."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Generic, Protocol, TypeVar


class HasAddress(Protocol):
    """What a stand-in knows; it names itself by `address` in what it answers."""

    address: str


Known = TypeVar("Known", bound=HasAddress)


class LoopbackServer(ThreadingHTTPServer, Generic[Known]):
    """Listens until it is shut down. With `port` 0 a free one is taken."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler], book: Known, port: int, host: str) -> None:
        super().__init__((host, port), handler)
        self.book = book
        book.address = book.address or f"http://127.0.0.1:{self.server_port}"

    def start(self) -> None:
        """Serve from a thread."""
        threading.Thread(target=self.serve_forever, daemon=True).start()


class QuietHandler(BaseHTTPRequestHandler):
    """Logs nothing, and reads bodies up to a bound."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is logged."""

    def body(self, most_bytes: int) -> str:
        """The request's body, cut at the bound."""
        return self.rfile.read(min(int(self.headers.get("Content-Length") or 0), most_bytes)).decode()
