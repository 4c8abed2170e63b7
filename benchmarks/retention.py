"""What forgetting costs: a million expired rows swept beside a running server, and an account's key destroyed.

The server, the sweep and the client are processes of their own. One page is asked for over and over, first alone, then
while the sweep runs, so that a busy machine slows both alike. `--rows 20000` is quick enough for development.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from benchmarks import figure
from tests.probe.installation import ROOT, Installation, installed

MOST_SLOWER = 2
MOST_SECONDS = 1
MOST_MEGABYTES = 64
ALONE_SECONDS = 15

MAKE_PEOPLE = """
from allonce.kernel.accounts.tests import people
olivia = people.owner()
print(olivia.account.id, olivia.client.cookies["sessionid"].value)
"""
# Copies of one expired row, made by the database itself: sealing a million labels would only lengthen the wait.
FILL = """
from datetime import timedelta
from uuid import uuid4
from django.db import connection, transaction
from allonce.kernel.clock import now
from allonce.products.quoting.models import Delivery
long_ago = now() - timedelta(days=200)
first = Delivery.objects.create(
    account_id="{account}", job_ref=uuid4(), revision=1, role="shop", state="delivered", at=long_ago,
    created_at=long_ago, recipient_hash="r" * 64, message_hash="m" * 64, label="a label of usual length" * 8,
)
names = [field.column for field in Delivery._meta.concrete_fields]
fresh = {{
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "gen_random_uuid()",
}}[connection.vendor]
numbers = {{
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {rows})",
    "postgresql": "WITH n(x) AS (SELECT generate_series(1, {rows}))",
}}[connection.vendor]
columns = ", ".join(fresh if name in ("id", "job_ref") else name for name in names)
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute(
        f"{{numbers}} INSERT INTO quoting_delivery ({{', '.join(names)}}) SELECT {{columns}} FROM quoting_delivery, n"
    )
print(Delivery.objects.count())
"""
DESTROY = """
import time
from uuid import UUID
from allonce.kernel.vault import Scope, destroy_key
from allonce.products.quoting.models import Delivery
assert Delivery.objects.filter(account_id="{account}").count() >= {rows}
begun = time.perf_counter()
destroy_key(Scope("account", UUID("{account}")))
print(time.perf_counter() - begun)
"""


@contextmanager
def server(place: Installation) -> Iterator[str]:
    """The web server on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", "allonce.project.asgi:application", "--log-level", "warning"]
    process = subprocess.Popen([*command, "--port", str(port)], env=place.environment, cwd=ROOT)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    for _try in range(600):
        try:
            httpx.get(address, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def page_times(address: str, session: str, until: Callable[[], bool]) -> list[float]:
    """How long each answer took (seconds), one after the other, until told to stop."""
    times = []
    with httpx.Client(base_url=address, cookies={"sessionid": session}, timeout=60) as client:
        while not until():
            begun = time.perf_counter()
            answer = client.get("/account/")
            times.append(time.perf_counter() - begun)
            assert answer.status_code == 200, answer.status_code
    return times


def for_seconds(seconds: float) -> Callable[[], bool]:
    """True once that long has passed."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def p99(times: list[float]) -> float:
    """The time that one answer in a hundred exceeds."""
    return sorted(times)[int(len(times) * 0.99)]


def measure_sweep(place: Installation, address: str, session: str, rows: int) -> None:
    """The page alone, then beside the sweep; and how much memory the sweep takes beyond its start."""
    page_times(address, session, for_seconds(3))
    alone = page_times(address, session, for_seconds(ALONE_SECONDS))
    command = [sys.executable, "-m", "allonce", "retention"]
    begun = time.monotonic()
    with subprocess.Popen(command, env=place.environment, cwd=ROOT, stdout=subprocess.DEVNULL) as sweep:
        watched, levels = psutil.Process(sweep.pid), []

        def done() -> bool:
            if sweep.poll() is None:
                levels.append(watched.memory_info().rss)
            return sweep.poll() is not None

        beside = page_times(address, session, done)
    assert sweep.returncode == 0
    print(f"{rows} rows swept in {time.monotonic() - begun:.0f} s, {len(beside)} pages meanwhile")
    print(f"page alone p99 {p99(alone) * 1000:.1f} ms, beside the sweep {p99(beside) * 1000:.1f} ms")
    slower = p99(beside) / p99(alone)
    figure("retention_sweep_page_p99_ratio", slower, "times", f"<{MOST_SLOWER}", slower < MOST_SLOWER)
    tenth = levels[len(levels) // 10 :] or [0]
    growth = (max(tenth) - tenth[0]) / 2**20
    figure("retention_sweep_memory_growth", growth, "MB", f"<{MOST_MEGABYTES}", growth < MOST_MEGABYTES)


def measure_destruction(place: Installation, account: str, rows: int) -> None:
    """The account's key goes, whatever lies under it."""
    taken = float(place.python(DESTROY.format(account=account, rows=rows)))
    figure("retention_key_destruction", taken, "s", f"<{MOST_SECONDS}", taken < MOST_SECONDS)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000, help="expired rows")
    rows = arguments.parse_args().rows
    folder = Path(tempfile.mkdtemp(prefix="allonce-bench-"))
    try:
        # The limits of requests a minute would answer for the page otherwise.
        unlimited = {f"ALLONCE_{whose}_REQUESTS": "10000000" for whose in ("STRANGER", "SIGNED_IN", "ACCOUNT")}
        with installed(folder, ALLONCE_EXTRA_HOSTS='["127.0.0.1", "testserver"]', **unlimited) as place:
            account, session = place.python(MAKE_PEOPLE).split()
            with server(place) as address:
                place.python(FILL.format(account=account, rows=rows))
                measure_sweep(place, address, session, rows)
                place.python(FILL.format(account=account, rows=rows))
            measure_destruction(place, account, rows)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allonce.project.settings")
    main()
