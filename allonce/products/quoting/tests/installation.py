"""A whole installation as its own processes, on a data folder of its own, to be killed and searched."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from allonce.kernel.accounts.devices.tests.scene import PREFIX
from allonce.kernel.post.tests.ports import free_port
from allonce.kernel.post.tests.webhooks import MAILGUN_KEY
from allonce.products.quoting.tests.jobs import Parcel

ROOT = Path(__file__).resolve().parents[4]
PATIENCE = 30


@dataclass
class Installation:
    """Its folder holds everything the processes may write: data, temporary files, their output."""

    folder: Path
    smtp_port: int
    anymail: dict[str, Any] = field(default_factory=lambda: {"MAILGUN_WEBHOOK_SIGNING_KEY": MAILGUN_KEY})
    lease: int = 1
    port: int = field(default_factory=free_port)
    token: str = ""
    server: subprocess.Popen[bytes] | None = None
    # One client for all posts: making one reads the machine's certificates each time.
    client: httpx.Client = field(default_factory=lambda: httpx.Client(verify=False))

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALLONCE_")}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "allonce.project.settings",
            "TMPDIR": str(self.folder / "tmp"),
            "ALLONCE_DATA_DIR": str(self.folder / "data"),
            "ALLONCE_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "ALLONCE_EXTRA_APPS": json.dumps(["allonce.products.quoting.tests.published"]),
            "ALLONCE_EXTRA_HOSTS": json.dumps(["testserver"]),
            "ALLONCE_SMTP_PORT": str(self.smtp_port),
            "ALLONCE_SMTP_TIMEOUT": "2",
            "ALLONCE_POST_LEASE_SECONDS": str(self.lease),
            "ALLONCE_ANYMAIL": json.dumps(self.anymail),
        }

    def set_up(self) -> None:
        for name in ("tmp", "data"):
            (self.folder / name).mkdir(parents=True)
        for database in ("keys", "default"):
            self.run("-m", "allonce", "migrate", "--database", database, "--verbosity", "0")
        self.token = self.run("-m", "allonce.products.quoting.tests.published.scene").split()[-1]

    def run(self, *arguments: str) -> str:
        with (self.folder / "output.log").open("ab") as log:
            done = subprocess.run(
                [sys.executable, *arguments],
                env=self.environment,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                check=True,
            )
        return done.stdout.decode()

    def start(self) -> None:
        """Serve as `allonce up` does, with access logs on, so that a search finds what they would hold."""
        command = [sys.executable, "-m", "uvicorn", "allonce.project.asgi:application"]
        command += ["--port", str(self.port), "--log-level", "debug", "--access-log"]
        with (self.folder / "output.log").open("ab") as log:
            self.server = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self.client.get(f"{self.url}/icon.svg", timeout=1)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError((self.folder / "output.log").read_text())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.server is not None
        return self.server.pid

    def kill(self) -> None:
        """As a power cut would."""
        if self.server is not None:
            self.server.send_signal(signal.SIGKILL)
            self.server.wait(PATIENCE)

    def stop(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(PATIENCE)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, parcel: Parcel, resend: str = "", timeout: float = PATIENCE) -> httpx.Response:
        files = {name: (part.name, part.read(), part.content_type) for name, part in _files(parcel)}
        query = {"resend": resend} if resend else {}
        return self.client.post(
            self.url + parcel.path,
            params=query,
            files=files,
            data={"label": parcel.label},
            headers=self.headers,
            timeout=timeout,
        )

    def ask(self, parcel: Parcel) -> dict[str, tuple[str, str]]:
        answer = self.client.get(f"{self.url}{PREFIX}/jobs/{parcel.job['job_ref']}", headers=self.headers)
        return states_of(answer)

    def report(self, body: str) -> int:
        headers = {"Content-Type": "application/json"}
        return self.client.post(f"{self.url}/webhooks/relay/mailgun/", content=body, headers=headers).status_code


def states_of(answer: httpx.Response) -> dict[str, tuple[str, str]]:
    assert answer.status_code == 200, answer.text
    return {one["role"]: (one["state"], one["reason"]) for one in answer.json()["deliveries"]}


def _files(parcel: Parcel) -> list[tuple[str, Any]]:
    return [(name, part) for name, part in parcel.parts().items() if name != "label"]


@contextmanager
def installation(folder: Path, smtp_port: int, **more: Any) -> Iterator[Installation]:
    made = Installation(folder, smtp_port, **more)
    made.set_up()
    made.start()
    try:
        yield made
    finally:
        made.stop()
