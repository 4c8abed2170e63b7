"""A foreign web server on this machine: whatever page a test gives it, under whatever policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PLAIN = "<!doctype html><html lang='en'><title>A host</title><body><main><h1>A host</h1><a href='#'>A link</a></main>"


class Host:
    """The server at `address`; `put` gives it a page, by its path."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, tuple[str, str]] = {}

    def put(self, path: str, page: str, policy: str = "") -> str:
        """Serve this page there, under this content policy; returns its address."""
        self.pages[path] = (page, policy)
        return self.address + path


@contextmanager
def hosting() -> Iterator[Host]:
    """Runs for the block. By number, so that browsers take it for another site than "localhost"."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page, policy = host.pages.get(self.path.partition("?")[0], ("", ""))
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = Host(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
