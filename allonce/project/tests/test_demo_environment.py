"""A demo's doors lie beside each other, where nothing else listens."""

import os
import socket
from pathlib import Path

import pytest

from allonce.kernel.post.tests.ports import free_port
from allonce.project.cli.demo_environment import choose_demo_environment

DOORS = ("ALLONCE_PORT", "ALLONCE_MAILBOX_PORT", "ALLONCE_SMTP_PORT", "ALLONCE_CHAT_SITES_PORT")

FOLLOWING = (
    *("ALLONCE_SMS_URL", "ALLONCE_SMS_GATEWAY", "ALLONCE_SMS_SENDER", "ALLONCE_CARD_SELLER_PORT", "ALLONCE_STRIPE_KEY"),
    *("ALLONCE_STRIPE_WEBHOOK_SECRETS", "ALLONCE_STRIPE_API", "ALLONCE_STRIPE_CHECKOUT", "NUMBA_DISABLE_JIT"),
)


@pytest.fixture(autouse=True)
def _no_choice_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*DOORS, *FOLLOWING, "ALLONCE_PUBLIC_URL", "ALLONCE_DEMO", "ALLONCE_ANYMAIL"):
        # Set first, so that whatever the demo sets is taken back after the test.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("ALLONCE_DATA_DIR", str(tmp_path))


def test_the_other_doors_stand_beside_the_port_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = free_port()
    monkeypatch.setenv("ALLONCE_PORT", str(asked))
    choose_demo_environment()
    ports = [int(os.environ[name]) for name in DOORS]
    assert ports == sorted(set(ports))
    assert ports[0] == asked
    assert ports[-1] < asked + 50
    assert os.environ["ALLONCE_PUBLIC_URL"] == f"http://localhost:{asked}"


def test_a_port_in_use_is_stepped_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("ALLONCE_PORT", str(taken.getsockname()[1] - 1))
        choose_demo_environment()
        assert str(taken.getsockname()[1]) not in [os.environ[name] for name in DOORS]


def test_texts_and_cards_go_where_the_mailbox_and_the_seller_were_told_to_listen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALLONCE_MAILBOX_PORT", "45001")
    monkeypatch.setenv("ALLONCE_CARD_SELLER_PORT", "45002")
    choose_demo_environment()
    assert os.environ["ALLONCE_SMS_URL"] == "http://127.0.0.1:45001/texts"
    assert os.environ["ALLONCE_STRIPE_API"] == "http://127.0.0.1:45002"
