"""The desk's mail server as a process of its own: what it acknowledged is there, whatever is killed."""

import secrets
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.probe.installation import Installation, installed

pytestmark = pytest.mark.slow
COUNT = "from allonce.kernel.desk.models import Ticket, RawMail; print(Ticket.objects.count(), RawMail.objects.count())"
RUN = "from allonce.kernel.jobs import run_due; run_due()\n"


class Server:
    """`allonce desk` on a port of its own."""

    def __init__(self, made: Installation, port: int) -> None:
        self.made, self.port = made, port
        self.process = subprocess.Popen([sys.executable, "-m", "allonce", "desk"], env=made.environment)
        self._wait()

    def _wait(self) -> None:
        for _each in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("nothing answers")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def send(self, made: EmailMessage) -> None:
        with smtplib.LMTP("127.0.0.1", self.port, timeout=60) as line:
            line.send_message(made, "nia@post.example", ["support@allonce.example"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with installed(tmp_path, ALLONCE_DESK_PORT=str(port)) as made:
        running = Server(made, port)
        yield running
        running.kill()


def letter(words: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Nia <nia@post.example>", "support@allonce.example", "Crooked"
    made["Message-ID"] = f"<{secrets.token_hex(8)}@post.example>"
    made.set_content(words)
    return made


def test_a_mail_that_was_acknowledged_is_lost_or_doubled_by_a_kill(server: Server) -> None:
    first = letter("Once.")
    server.send(first)
    server.kill()
    assert server.made.python(COUNT).split() == ["0", "1"], "acknowledged, and not kept"
    again = Server(server.made, server.port)
    again.send(first)
    again.send(letter("Twice."))
    again.kill()
    assert server.made.python(RUN + COUNT).split() == ["2", "2"]


def test_a_mail_for_somebody_else_is_taken(server: Server) -> None:
    with smtplib.LMTP("127.0.0.1", server.port, timeout=60) as line, pytest.raises(smtplib.SMTPRecipientsRefused):
        line.send_message(letter("Not here."), "nia@post.example", ["boss@allonce.example"])
    assert server.made.python(COUNT).split() == ["0", "0"]


def test_without_a_way_in_the_command_says_nothing(tmp_path: Path) -> None:
    with installed(tmp_path) as made:
        done = made.run("desk", check=False)
    assert done.returncode != 0
    assert "ALLONCE_DESK_PORT" in done.stdout + done.stderr
