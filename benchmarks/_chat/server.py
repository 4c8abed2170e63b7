"""One server process on an installation of its own, with streams made beforehand."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 90
SET_UP = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "allonce.project.settings"
django.setup()
from uuid import UUID, uuid4
from django.core.management import call_command
from allonce.kernel.messaging.models import Entry, Stream
from allonce.kernel.vault import Scope, create_key
from benchmarks._chat.tokens import stream_numbered
for name in ("keys", "default"):
    call_command("migrate", database=name, verbosity=0)
accounts = [uuid4() for _ in range(20)]
for account in accounts:
    create_key(Scope("account", account))
streams = [
    Stream(id=stream_numbered(number), kind="bench", account_id=accounts[number % 20], head={backlog})
    for number in range({count})
]
Stream.objects.bulk_create(streams, batch_size=500)
words = {{"text": "Good morning, is the blue one on your page still there? I could come on Saturday."}}
for start in range(0, len(streams), 250):
    Entry.objects.bulk_create(
        Entry(stream=each, account_id=each.account_id, seq=seq, sender="agent", cid=uuid4(), kind="text", body=words)
        for each in streams[start : start + 250]
        for seq in range(1, {backlog} + 1)
    )
"""


@dataclass
class ChatServer:
    """A running server; `rss` is the memory of its process in bytes."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def rss(self) -> int:
        return int(psutil.Process(self.process.pid).memory_info().rss)

    @property
    def cpu_seconds(self) -> float:
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)


@contextmanager
def chat_server(streams: int, backlog: int = 0) -> Iterator[ChatServer]:
    """Make so many streams with so many entries each, and serve them as `allonce up` does, on SQLite."""
    folder = Path(tempfile.mkdtemp(prefix="allonce-bench-"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ALLONCE_")}
    environment = kept | {
        "ALLONCE_DATA_DIR": str(folder),
        "ALLONCE_EXTRA_APPS": json.dumps(["benchmarks._chat"]),
        "PYTHONPATH": str(ROOT),
    }
    try:
        code = SET_UP.format(count=streams, backlog=backlog)
        subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True)
        process, port = _start(environment)
        try:
            yield ChatServer(port, process)
        finally:
            process.kill()
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(environment: dict[str, str]) -> "tuple[subprocess.Popen[bytes], int]":
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", "allonce.project.asgi:application", "--log-level", "warning"]
    command += ["--port", str(port), "--no-server-header", "--backlog", "4096"]
    command += ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", str(128 * 1024)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return process, port
    process.kill()
    raise RuntimeError("the server does not start")
