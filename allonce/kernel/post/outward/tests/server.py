"""A real web server on loopback that keeps what it was sent and answers as it is told."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase


@dataclass(frozen=True)
class Call:
    """One request; header names are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """`status`, `answer` and `more` (headers) are what it says to every call; `drip` lets it never end its answer."""

    port: int = 0
    scheme: str = "http"
    calls: list[Call] = field(default_factory=list)
    status: int = 200
    answer: bytes = b"{}"
    more: dict[str, str] = field(default_factory=dict)
    drip: bool = False
    hang_up: bool = False
    on_call: Callable[[Call], None] = lambda _call: None

    def url(self, path: str = "/hook", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


@contextmanager
def running_server(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(scheme="https" if tls else "http")
    ended = threading.Event()
    web = _Quiet(("127.0.0.1", 0), _handler(server, ended))
    if tls:
        web.socket = tls.wrap_socket(web.socket, server_side=True)
    server.port = web.server_address[1]
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        ended.set()
        web.shutdown()
        web.server_close()
        thread.join(10)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Callers that hang up are what tests are about."""


def _handler(server: Server, ended: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            call = Call(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            server.calls.append(call)
            server.on_call(call)
            if server.hang_up:
                self.connection.close()
                return
            if server.drip:
                _drip(self.wfile, ended)
                return
            self.send_response(server.status)
            for name, value in (server.more | {"Content-Length": str(len(server.answer))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(server.answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    return Handler


def _drip(answer: BufferedIOBase, ended: threading.Event) -> None:
    """A header that never ends, a letter at a time."""
    with suppress(OSError):
        answer.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not ended.is_set():
            answer.write(b"x")
            time.sleep(0.05)
