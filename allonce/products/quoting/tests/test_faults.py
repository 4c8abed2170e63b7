"""Whatever breaks between phone, server and relay: no mail is lost, none is doubled, and doubt is shown as such."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from allonce.kernel.post.tests.relay import Relay, running_relay
from allonce.kernel.post.tests.webhooks import mailgun
from allonce.products.quoting.tests.installation import Installation, installation, states_of
from allonce.products.quoting.tests.jobs import Parcel

pytestmark = [pytest.mark.slow, pytest.mark.promise("MOBILE-POST")]

ACCEPTED = {"customer": ("accepted", ""), "shop": ("accepted", "")}
UNCERTAIN = ("uncertain", "no_answer")
BEING_SENT = ("retry", "being_sent")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Relay]]:
    with (
        running_relay() as relay,
        installation(tmp_path_factory.mktemp("site"), relay.port, lease=4) as made,
    ):
        yield made, relay


@pytest.fixture(autouse=True)
def _well_behaved(site: tuple[Installation, Relay]) -> Iterator[None]:
    yield
    site[1].behave()


def test_posts_at_the_same_moment_send_one_mail_each(site: tuple[Installation, Relay]) -> None:
    server, relay = site
    parcel = Parcel()
    relay.slow_seconds = 0.3
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _n: states_of(server.post(parcel)), range(8)))
    assert server.ask(parcel) == ACCEPTED
    assert len(relay.letters) == 2
    for answer in answers:
        assert set(answer.values()) <= {("accepted", ""), BEING_SENT}


def test_a_phone_that_gave_up_waiting_finds_its_job_sent_once(site: tuple[Installation, Relay]) -> None:
    server, relay = site
    parcel = Parcel()
    relay.slow_seconds = 1
    with pytest.raises(httpx.ReadTimeout):
        server.post(parcel, timeout=0.5)
    relay.slow_seconds = 0
    _until_settled(server, parcel)
    assert server.ask(parcel) == ACCEPTED
    assert len(relay.letters) == 2


def test_an_answer_too_late_is_in_doubt_and_only_a_person_sends_again(site: tuple[Installation, Relay]) -> None:
    server, relay = site
    parcel = Parcel()
    relay.slow_to = {"mary@example.com"}
    relay.slow_seconds = 4
    expected = {"customer": UNCERTAIN, "shop": ("accepted", "")}
    assert states_of(server.post(parcel)) == expected
    relay.slow_seconds = 0
    assert states_of(server.post(parcel)) == expected
    assert len(relay.to("mary@example.com")) == 1
    assert states_of(server.post(parcel, resend="customer")) == ACCEPTED
    assert len(relay.to("mary@example.com")) == 2


def test_a_connection_lost_after_the_mail_is_in_doubt_until_the_relay_reports(
    site: tuple[Installation, Relay],
) -> None:
    server, relay = site
    parcel = Parcel()
    relay.drop_after_data = True
    assert states_of(server.post(parcel)) == {"customer": UNCERTAIN, "shop": UNCERTAIN}
    [sent] = relay.to("mary@example.com")
    assert server.report(mailgun(sent.message_id, "delivered", token=sent.id)) == 200
    assert server.ask(parcel)["customer"] == ("delivered", "")
    relay.drop_after_data = False
    assert states_of(server.post(parcel))["customer"] == ("delivered", "")
    assert len(relay.letters) == 2


def test_a_report_that_overtakes_the_relays_answer_is_kept(site: tuple[Installation, Relay]) -> None:
    server, relay = site
    parcel = Parcel()
    statuses: list[int] = []

    def report() -> None:
        sent = relay.letters[-1]
        statuses.append(server.report(mailgun(sent.message_id, "bounced", token=sent.id)))

    relay.when_taken = report
    bounced = ("bounced", "bounced")
    assert states_of(server.post(parcel)) == {"customer": bounced, "shop": bounced}
    assert statuses == [200, 200]
    assert server.ask(parcel) == {"customer": bounced, "shop": bounced}


def test_a_server_killed_between_the_relays_acceptance_and_its_record(site: tuple[Installation, Relay]) -> None:
    server, relay = site
    parcel = Parcel()

    def cut_the_power() -> None:
        relay.when_taken = None
        os.kill(server.pid, signal.SIGKILL)

    relay.when_taken = cut_the_power
    with pytest.raises(httpx.TransportError):
        server.post(parcel)
    server.kill()
    assert len(relay.to("mary@example.com")) == 1
    server.start()
    assert states_of(server.post(parcel))["customer"] in {BEING_SENT, UNCERTAIN}
    _until_settled(server, parcel)
    assert server.ask(parcel) == {"customer": UNCERTAIN, "shop": ("accepted", "")}
    assert states_of(server.post(parcel)) == {"customer": UNCERTAIN, "shop": ("accepted", "")}
    assert len(relay.letters) == 2
    [sent] = relay.to("mary@example.com")
    server.report(mailgun(sent.message_id, "delivered", token=sent.id))
    assert server.ask(parcel)["customer"] == ("delivered", "")


@pytest.mark.promise("MOBILE-BLIND-SERVER")
def test_a_large_job_cut_off_in_mid_request_leaves_nothing_behind(site: tuple[Installation, Relay]) -> None:
    server, relay = site
    parcel = Parcel(job_file=b"canary-of-a-large-job " * 1_000_000)
    body = httpx.Request("POST", server.url, files={"job_file": parcel.job_file}).read()
    phone = socket.create_connection(("127.0.0.1", server.port))
    head = f"POST {parcel.path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
    head += f"Authorization: Bearer {server.token}\r\nContent-Length: {len(body)}\r\n"
    head += "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    phone.sendall(head.encode() + body[: len(body) // 2])
    time.sleep(0.5)
    assert _written_files(server) == []
    server.kill()
    phone.close()
    server.start()
    assert _holding(server.folder, b"canary-of-a-large-job") == []
    assert states_of(server.post(parcel)) == ACCEPTED
    assert len(relay.letters) == 2


def test_an_installation_started_anew_knows_what_it_sent(site: tuple[Installation, Relay]) -> None:
    server, relay = site
    parcel = Parcel()
    server.post(parcel)
    server.kill()
    server.start()
    assert states_of(server.post(parcel)) == ACCEPTED
    assert len(relay.letters) == 2


def _until_settled(server: Installation, parcel: Parcel) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        answers = server.ask(parcel)
        if len(answers) == 2 and BEING_SENT not in answers.values():
            return
        if len(answers) < 2 or BEING_SENT not in answers.values():
            server.post(parcel)
        time.sleep(0.3)
    raise TimeoutError(json.dumps(server.ask(parcel)))


def _written_files(server: Installation) -> list[str]:
    """What the server holds open beyond its databases: a temporary file, even a deleted one, would show."""
    opened = [str(link.readlink()) for link in Path(f"/proc/{server.pid}/fd").iterdir()]
    files = [name for name in opened if name.startswith("/") and not name.startswith("/dev")]
    known = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm", "output.log")
    return [name for name in files if not name.endswith(known)]


def _holding(folder: Path, needle: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes()]
