"""Starts `uvicorn allonce.project.asgi:application` and the mailbox on free ports, and stops them."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.probe.installation import Installation, installed

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 180
PRELUDE = "from tests.live import scene\nfrom allonce.kernel.accounts import tenancy\n"


class LiveInstallation:
    """One server at `address`; `mailbox` is where its mails can be read."""

    def __init__(self, made: Installation, web: int, mailbox: int, sites: int) -> None:
        self.made = made
        self.address = f"http://localhost:{web}"
        self.mailbox = f"http://127.0.0.1:{mailbox}"
        self.sites = f"http://127.0.0.1:{sites}"
        self._ports = {"web": web, "mailbox": mailbox, "sites": sites}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.account_key = self.scene("print(scene.make_shop())").strip()

    def scene(self, code: str) -> str:
        """Runs code inside the installation's Django with `scene` at hand; returns what it printed."""
        body = "\n".join(f"    {line}" for line in code.splitlines())
        return self.made.python(f"{PRELUDE}with tenancy.across_accounts():\n{body}")

    def start(self, part: str = "web") -> None:
        """Starts the web server, the mailbox or the demo's foreign sites, and waits until it answers."""
        web = [sys.executable, "-m", "uvicorn", "allonce.project.asgi:application", "--log-level", "warning"]
        web += ["--host", "127.0.0.1", "--port", str(self._ports["web"])]
        command = web if part == "web" else [sys.executable, "-m", "allonce", part]
        self._running[part] = subprocess.Popen(command, env=self.made.environment, cwd=ROOT)
        _wait_for(self._ports[part])

    def stop(self, part: str = "web") -> None:
        """Ends one part, as if its machine had gone."""
        process = self._running.pop(part, None)
        if process is None:
            return
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()

    def kill(self, part: str = "web") -> None:
        """Ends one part in the middle of whatever it does, without a word to anybody."""
        process = self._running.pop(part)
        process.kill()
        process.wait()

    def stop_all(self) -> None:
        for part in list(self._running):
            self.stop(part)


@contextmanager
def live(folder: Path) -> Iterator[LiveInstallation]:
    """A fresh live installation with a shop, its web server running."""
    web, mailbox, smtp, sites = _free_ports(4)
    variables = {
        "ALLONCE_PORT": str(web),
        "ALLONCE_PUBLIC_URL": f"http://localhost:{web}",
        "ALLONCE_MAILBOX_PORT": str(mailbox),
        "ALLONCE_SMTP_PORT": str(smtp),
        "ALLONCE_CHAT_SITES_PORT": str(sites),
        "ALLONCE_DEMO": "true",
        # A handful of members: as the demo does itself.
        "NUMBA_DISABLE_JIT": "1",
        "ALLONCE_ANYMAIL": json.dumps({"MAILGUN_WEBHOOK_SIGNING_KEY": secrets.token_hex(16)}),
    }
    with installed(folder, **variables) as made:
        running = LiveInstallation(made, web, mailbox, sites)
        try:
            running.start("mailbox")
            running.start("web")
            yield running
        finally:
            running.stop_all()


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answers on port {port} (process {os.getpid()})")
