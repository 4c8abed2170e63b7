"""The demo's relay against a real installation: what a shop sees when a mail bounces."""

import time
from pathlib import Path

import httpx
import pytest

from allonce.kernel.post.tests.mailboxes import running_mailbox
from allonce.kernel.post.tests.ports import free_port
from allonce.kernel.post.tests.webhooks import MAILGUN_KEY
from allonce.products.quoting.tests.installation import Installation, installation, states_of
from allonce.products.quoting.tests.jobs import Parcel, make_job

pytestmark = [pytest.mark.slow, pytest.mark.promise("MAIL-RELAY")]


def to(email: str) -> Parcel:
    return Parcel(job=make_job(customer={"name": "Mary", "email": email, "address": []}))


@pytest.mark.promise("MOBILE-BOUNCE")
def test_a_bounce_goes_from_the_relay_by_signed_webhook_to_the_phone(tmp_path: Path) -> None:
    port = free_port()
    webhook = f"http://127.0.0.1:{port}/webhooks/relay/mailgun/"
    with (
        running_mailbox(webhook, MAILGUN_KEY, bounce_after=0.1) as mailbox,
        installation(tmp_path / "site", mailbox.smtp_port, port=port) as server,
    ):
        parcel = to("mary@bounce.example")
        assert states_of(server.post(parcel))["customer"] in {("accepted", ""), ("bounced", "bounced")}
        _until(server, parcel, ("bounced", "bounced"))
        refused = states_of(server.post(to("mary@refuse.example")))
        assert refused == {"customer": ("refused", "no_such_mailbox"), "shop": ("accepted", "")}
        delivered = to("mary@example.com")
        server.post(delivered)
        [letter] = mailbox.store.newest("mary@example.com")
        httpx.post(f"{mailbox.url}/letters/{letter.id}/delivered", timeout=30)
        _until(server, delivered, ("delivered", ""))


@pytest.mark.promise("MOBILE-POST")
def test_a_relay_that_can_be_asked_settles_what_a_killed_server_left_open(tmp_path: Path) -> None:
    with running_mailbox() as mailbox:
        anymail = {
            "MAILGUN_API_KEY": "key",
            "MAILGUN_SENDER_DOMAIN": "allonce.example",
            "MAILGUN_API_URL": f"{mailbox.url}/v3",
        }
        with installation(tmp_path / "site", mailbox.smtp_port, anymail=anymail) as server:
            add = mailbox.store.add

            def add_and_cut_the_power(letter: object) -> None:
                mailbox.store.add = add  # type: ignore[method-assign]
                add(letter)  # type: ignore[arg-type]
                server.kill()

            mailbox.store.add = add_and_cut_the_power  # type: ignore[method-assign]
            parcel = to("mary@example.com")
            with pytest.raises(httpx.TransportError):
                server.post(parcel)
            server.start()
            server.post(parcel)
            _until(server, parcel, ("accepted", ""))
            assert len(mailbox.store.newest("mary@example.com")) == 1
            assert states_of(server.post(parcel)) == {"customer": ("accepted", ""), "shop": ("accepted", "")}
            assert len(mailbox.store.newest()) == 2


def _until(server: Installation, parcel: Parcel, expected: tuple[str, str]) -> None:
    deadline = time.monotonic() + 20
    while server.ask(parcel).get("customer") != expected:
        assert time.monotonic() < deadline, server.ask(parcel)
        time.sleep(0.2)
