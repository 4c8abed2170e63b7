"""Malware scanners for tests: a real ClamAV daemon with two signatures of its own, and one that answers as told."""

import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

# A word that only the daemon's own signatures know, so that its finding is told from our own look for the test file.
PLANTED = b"only-the-daemon-knows-this"
READY_SECONDS = 60


@contextmanager
def clamd() -> Iterator[str]:
    """A real daemon on a socket of its own, as `ALLONCE_CLAMD` names it. It needs no network and no signatures."""
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))
    line = folder / "clamd.sock"
    (folder / "signatures").mkdir()
    (folder / "signatures" / "planted.ndb").write_text(f"Allonce.Test:0:*:{PLANTED.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"LocalSocket {line}\nDatabaseDirectory {folder}/signatures\nTemporaryDirectory {folder}\n"
        "Foreground yes\nStreamMaxLength 1M\n"
    )
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert program, "install clamav-daemon (.ci/apt.txt)"
    process = subprocess.Popen([program, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL)
    try:
        _wait_for(line)
        yield f"unix:{line}"
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(line: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(line))
            return
        time.sleep(0.1)
    raise AssertionError("the ClamAV daemon did not start")


@dataclass
class Scripted:
    """A daemon that reads INSTREAM as clamd does, and says `answer`; None hangs up without a word."""

    address: str
    answer: bytes | None = b"stream: OK\0"
    silent: bool = False
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def scripted() -> Iterator[Scripted]:
    """Listens on a port of this machine until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        made = Scripted(f"127.0.0.1:{server.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(server, made), daemon=True)
        thread.start()
        yield made
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _serve(server: socket.socket, made: Scripted) -> None:
    with suppress(OSError):
        while True:
            caller, _address = server.accept()
            with caller:
                made.heard.append(_stream(caller))
                if made.silent:
                    caller.recv(1)  # until the caller gives up
                elif made.answer is not None:
                    caller.sendall(made.answer)


def _stream(caller: socket.socket) -> bytes:
    assert _exactly(caller, 10) == b"zINSTREAM\0"
    heard = b""
    while length := struct.unpack("!I", _exactly(caller, 4))[0]:
        heard += _exactly(caller, length)
    return heard


def _exactly(caller: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        more = caller.recv(count - len(found))
        if not more:
            raise OSError("hung up")
        found += more
    return found
