"""A request body never reaches the disk, and never grows beyond its cap."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from pytest_django.fixtures import Settings

from allonce.project.bodies import CountedBody, MemoryBodies, Refused
from tests.probe.installation import installed

MEGABYTE = 1024 * 1024
CANARY = b"Ada Lovelace, 12 St James's Square "
OURS = "allonce.project.asgi:application"
DJANGOS = "tests.probe.plain_asgi:application"


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    scratch: Path

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def open_files(self) -> set[str]:
        folder = Path(f"/proc/{self.process.pid}/fd")
        found = set()
        for entry in folder.iterdir():
            with suppress(FileNotFoundError):
                found.add(str(entry.readlink()))
        return {name for name in found if not name.startswith(("socket:", "pipe:", "anon_inode:", "/dev/"))}


@contextmanager
def serving(application: str, folder: Path) -> Iterator[Server]:
    scratch = folder / "scratch"
    scratch.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "uvicorn", application, "--port", str(port), "--log-level", "critical"]
    with installed(folder) as place:
        process = subprocess.Popen([sys.executable, *command], env=place.environment | {"TMPDIR": str(scratch)})
        try:
            yield Server(process, _ready(process, port), scratch)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _ready(process: subprocess.Popen[bytes], port: int) -> int:
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return port
        time.sleep(0.05)
    raise AssertionError("the server did not start")


def head(length: int | None) -> bytes:
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    return f"POST /api/nowhere HTTP/1.1\r\nHost: localhost\r\n{size}\r\n\r\n".encode()


def files_while_receiving(server: Server) -> set[str]:
    """Send 19 of 20 announced megabytes; which files does the server hold meanwhile?"""
    before = server.open_files()
    with server.connect() as client:
        client.sendall(head(20 * MEGABYTE))
        client.sendall((CANARY * (19 * MEGABYTE // len(CANARY) + 1))[: 19 * MEGABYTE])
        time.sleep(0.5)
        return server.open_files() - before


def test_a_20_mb_body_cut_in_mid_request_leaves_no_file(tmp_path: Path) -> None:
    with serving(OURS, tmp_path) as server:
        assert files_while_receiving(server) == set()
        assert list(server.scratch.iterdir()) == []
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or CANARY not in file.read_bytes()


def test_the_same_look_does_see_the_temporary_file_of_djangos_own_handler(tmp_path: Path) -> None:
    with serving(DJANGOS, tmp_path) as server:
        assert any(str(server.scratch) in name for name in files_while_receiving(server))


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_beyond_the_cap_is_refused_with_a_problem(tmp_path: Path, announced: bool) -> None:
    with serving(OURS, tmp_path) as server, server.connect() as client:
        size = 33 * MEGABYTE
        client.sendall(head(size if announced else None))
        with suppress(BrokenPipeError, ConnectionResetError):
            for _ in range(0 if announced else 33):
                client.sendall(b"100000\r\n" + b"x" * MEGABYTE + b"\r\n")
        answer = client.recv(4096)
        assert b" 413 " in answer
        assert b"application/problem+json" in answer


def memory_of(server: Server) -> int:
    """Bytes that the server holds."""
    return int(psutil.Process(server.process.pid).memory_info().rss)


def push_100_mb_by_form(server: Server) -> bytes:
    """The answer to somebody's browser that sends all of it before it listens."""
    lines = b"POST /setup/import/ HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
    with server.connect() as client:
        client.sendall(lines + f"Content-Length: {100 * MEGABYTE}\r\n\r\n".encode())
        for _ in range(100):
            client.sendall(b"x" * MEGABYTE)
        return client.recv(65536)


def test_a_browser_that_sends_100_mb_reads_why_and_costs_no_memory(tmp_path: Path) -> None:
    with serving(OURS, tmp_path) as server:
        push_100_mb_by_form(server)  # the first page loads templates
        before = memory_of(server)
        answer = push_100_mb_by_form(server)
        assert b" 413 " in answer and b"That is too large to send." in answer
        assert memory_of(server) - before < 10 * MEGABYTE


def test_served_bodies_no_longer_count_towards_what_all_may_hold(tmp_path: Path) -> None:
    with serving(OURS, tmp_path) as server:
        for _ in range(10):
            with server.connect() as client:
                client.sendall(head(30 * MEGABYTE) + b"x" * 30 * MEGABYTE)
                assert b" 404 " in client.recv(4096)


async def endless(chunk: bytes = b"") -> dict[str, object]:
    await asyncio.sleep(0.001)
    return {"type": "http.request", "body": chunk, "more_body": True}


def test_a_body_that_trickles_in_is_given_up_and_counts_no_longer(settings: Settings) -> None:
    settings.BODY_SECONDS = 0.05
    handler = MemoryBodies()
    with pytest.raises(Refused) as refused:
        asyncio.run(handler.read_body(lambda: endless(b"x")))
    assert refused.value.answer.status == 408
    assert (handler.held, dict(handler.held_for)) == (0, {})


def test_one_address_cannot_hold_all_the_memory_that_bodies_may_have(settings: Settings) -> None:
    settings.MAX_BODIES_BYTES = 4 * MEGABYTE
    handler = MemoryBodies()
    greedy, other = CountedBody(handler, "192.0.2.1"), CountedBody(handler, "192.0.2.2")
    greedy.take(b"x" * MEGABYTE)
    with pytest.raises(Refused) as refused:
        CountedBody(handler, "192.0.2.1").take(b"x")
    assert refused.value.answer.status == 503
    other.take(b"x" * MEGABYTE)
    greedy.close()
    CountedBody(handler, "192.0.2.1").take(b"x")


def test_a_crash_would_write_no_memory_to_the_disk(tmp_path: Path) -> None:
    with serving(OURS, tmp_path) as server:
        limits = Path(f"/proc/{server.process.pid}/limits").read_text()
        [line] = [line for line in limits.splitlines() if line.startswith("Max core file size")]
        assert line.split()[4:6] == ["0", "0"]
