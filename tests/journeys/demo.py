"""`allonce up --demo` as its user starts it: one process tree, one printed address."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import indent

import psutil

from allonce.kernel.post.tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
READY = re.compile(r"ready: (http://\S+?)/?\s")
READY_SECONDS = 240
PORTS = (
    *("ALLONCE_PORT", "ALLONCE_MAILBOX_PORT", "ALLONCE_SMTP_PORT", "ALLONCE_CHAT_SITES_PORT"),
    "ALLONCE_CARD_SELLER_PORT",
    "ALLONCE_OAUTH_DOUBLE_PORT",
)
PRELUDE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "allonce.project.settings"
django.setup()
from allonce.kernel.accounts import tenancy
"""


def _ports() -> dict[str, str]:
    return {name: str(free_port()) for name in PORTS}


class Demo:
    """A running demo; `log` holds everything its processes printed. `more` are settings of it, such as ALLONCE_X."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.data = folder / "demo"
        self.log = folder / "printed.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALLONCE_")}
        # Ports of its own, under which it is found again after a kill; two that start side by side would find the
        # same ones free.
        self._environment = kept | {"ALLONCE_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1", **_ports(), **more}
        self._environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
        self.address = ""
        self.mailbox = ""
        self.sites = ""
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """The process tree for the block."""
        try:
            self.start()
            yield
        finally:
            self.stop()

    def start(self, days_ahead: int = 0) -> None:
        """As its user starts it, the clock moved by whole days."""
        command = [sys.executable, "-m", "allonce", "up", "--demo"]
        self._environment["ALLONCE_DEMO_DAYS_AHEAD"] = str(days_ahead)
        self.log.write_bytes(b"")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        self.address = self._wait_until_ready(self._process)
        self.mailbox = self._door("Open the mailbox")
        self.sites = self._door("Open the car index")

    def stop(self) -> None:
        """As Ctrl+C ends it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(40)

    def kill(self) -> None:
        """All of it at once, in the middle of whatever it does, as when its machine loses power."""
        assert self._process is not None
        tree = psutil.Process(self._process.pid)
        for each in (tree, *tree.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self._process.wait(10)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> str:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if found := READY.search(self.log.read_text()):
                return found[1]
            time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def _door(self, words: str) -> str:
        """Where a link of the front page leads."""
        from urllib.request import urlopen

        with urlopen(self.address, timeout=10) as page:
            found = re.search(rf'href="(http://[^"]+)/"[^>]*>{words}', page.read().decode())
        assert found, f"the front page has no door that says {words!r}"
        return found[1]

    def python(self, code: str) -> str:
        """Run code inside this installation's Django, beside the running demo; returns what it printed."""
        data = {"ALLONCE_DATA_DIR": str(self.data), "ALLONCE_DEMO": "true"}
        command = [sys.executable, "-c", f"{PRELUDE}with tenancy.across_accounts():\n{indent(code, '    ')}"]
        kept = self._environment | data
        done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def every_byte(self) -> bytes:
        """All that the installation has on disk: databases, write-ahead logs, files, secrets, and its log."""
        files = [path for path in self.data.parent.rglob("*") if path.is_file()]
        return b"\n".join(path.read_bytes() for path in files)
