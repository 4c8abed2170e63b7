"""Fetching a mailbox: each mail is marked only when it was taken."""

import imaplib
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.desk.receiving import imap
from allonce.kernel.desk.receiving.imap import ImapAccount, Round, fetch
from allonce.kernel.desk.receiving.tests.dovecot import PASSWORD, Dovecot, dovecot, wire

ONE = b"Subject: one\r\n\r\nThe gate sticks.\r\n"
TWO = b"Subject: two\r\n\r\nGr\xfc\xdfe\r\n"
SEEN = ("\\Seen",)


@pytest.mark.parametrize("host", ["mail.example", "192.0.2.1", "127.0.0.1.evil.example", "localhost.evil.example"])
def test_without_encryption_no_other_machine_is_asked(host: str) -> None:
    with pytest.raises(ValueError, match="this machine"):
        ImapAccount(host, "desk", PASSWORD, security="plain")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_without_encryption_this_machine_is(host: str) -> None:
    assert PASSWORD not in repr(ImapAccount(host, "desk", PASSWORD, security="plain"))


def test_a_server_that_is_away_is_told() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    assert fetch(ImapAccount("127.0.0.1", "desk", PASSWORD, port=port), _never) == Round(fault="unreachable")


def _never(_raw: bytes) -> None:
    raise AssertionError("there is nothing to take")


@given(st.binary(max_size=60))
def test_a_server_that_talks_nonsense_stops_the_round_and_nothing_else(greeting: bytes) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        account = ImapAccount("127.0.0.1", "desk", PASSWORD, port=listener.getsockname()[1], security="plain")
        answered = _answering(listener, greeting)
        assert fetch(account, _never).fault
        answered.join(10)


def _answering(listener: socket.socket, greeting: bytes) -> threading.Thread:
    def answer() -> None:
        line, _address = listener.accept()
        with line:
            line.sendall(greeting + b"\r\n")

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    return thread


@pytest.fixture(scope="module")
def running() -> Iterator[Dovecot]:
    with dovecot() as server:
        yield server


@pytest.fixture
def server(running: Dovecot, request: pytest.FixtureRequest) -> tuple[Dovecot, str]:
    """The server, and a mailbox of this test's own."""
    return running, f"u{abs(hash(request.node.name))}"


def account_of(server: tuple[Dovecot, str]) -> ImapAccount:
    running, user = server
    return ImapAccount("127.0.0.1", user, PASSWORD, port=running.tls, authority_file=running.authority)


@pytest.mark.real
class TestWithARealServer:
    """Against Dovecot."""

    def test_new_mails_are_handed_over_as_they_are_and_marked_as_seen(self, server: tuple[Dovecot, str]) -> None:
        running, user = server
        running.put(ONE, TWO, user=user)
        given: list[bytes] = []
        assert fetch(account_of(server), given.append) == Round(taken=2)
        assert given == [ONE, TWO]
        assert [flags for _raw, flags in running.kept(user=user)] == [SEEN, SEEN]
        assert fetch(account_of(server), _never) == Round()

    def test_a_mail_that_could_not_be_taken_comes_again_and_the_others_do_not(
        self, server: tuple[Dovecot, str]
    ) -> None:
        running, user = server
        running.put(ONE, TWO, user=user)
        given: list[bytes] = []

        def take(raw: bytes) -> None:
            if raw == ONE:
                raise RuntimeError("the database is away")
            given.append(raw)

        assert fetch(account_of(server), take) == Round(taken=1, left=1)
        assert [flags for _raw, flags in running.kept(user=user)] == [(), SEEN]
        assert fetch(account_of(server), given.append) == Round(taken=1)
        assert given == [TWO, ONE]

    def test_a_line_that_breaks_leaves_the_mail_for_the_next_round(self, server: tuple[Dovecot, str]) -> None:
        running, user = server
        running.put(ONE, TWO, user=user)
        given: list[bytes] = []
        with wire(running.tls) as line:

            def take(raw: bytes) -> None:
                given.append(raw)
                line.cut()

            assert fetch(replace(account_of(server), port=line.port), take) == Round(taken=1, fault="broken")
        assert [flags for _raw, flags in running.kept(user=user)] == [(), ()]
        assert fetch(account_of(server), given.append) == Round(taken=2)
        assert given == [ONE, ONE, TWO]

    @pytest.mark.parametrize("can_move", [True, False])
    def test_taken_mails_go_to_their_folder_and_nothing_else_is_removed(
        self, server: tuple[Dovecot, str], can_move: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        running, user = server
        running.put(b"Subject: old\r\n\r\nx\r\n", ONE, user=user)
        running.flag(1, r"\Deleted", user=user)
        if not can_move:
            monkeypatch.setattr(imaplib.IMAP4, "capability", _without_move(imaplib.IMAP4.capability))
        given: list[bytes] = []
        assert fetch(replace(account_of(server), taken_folder="Taken"), given.append) == Round(taken=1)
        assert [raw for raw, _flags in running.kept("Taken", user=user)] == [ONE.replace(b"\r\n", b"\n")]
        kept = [flags for _raw, flags in running.kept(user=user)]
        # Without MOVE the taken mail is only marked: an EXPUNGE would remove what somebody else marked, too.
        assert kept == [("\\Deleted",)] + ([] if can_move else [("\\Deleted", "\\Seen")])
        assert fetch(replace(account_of(server), taken_folder="Taken"), _never) == Round()

    def test_a_mail_beyond_the_limit_is_told_and_left(self, server: tuple[Dovecot, str]) -> None:
        running, user = server
        running.put(ONE, b"Subject: large\r\n\r\n" + b"x" * 500 + b"\r\n", user=user)
        given: list[bytes] = []
        assert fetch(account_of(server), given.append, most_bytes=300) == Round(taken=1, too_large=1)
        assert given == [ONE]

    def test_a_round_ends_and_says_what_is_left(
        self, server: tuple[Dovecot, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        running, user = server
        running.put(ONE, TWO, ONE, user=user)
        monkeypatch.setattr(imap, "MOST_PER_ROUND", 2)
        given: list[bytes] = []
        assert fetch(account_of(server), given.append) == Round(taken=2, left=1)
        assert fetch(account_of(server), given.append) == Round(taken=1)

    def test_mails_that_can_never_be_taken_hold_up_nobody(
        self, server: tuple[Dovecot, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        running, user = server
        running.put(ONE, ONE, TWO, TWO, user=user)
        monkeypatch.setattr(imap, "MOST_PER_ROUND", 1)
        given: list[bytes] = []

        def take(raw: bytes) -> None:
            if raw == ONE:
                raise RuntimeError("never")
            given.append(raw)

        assert [fetch(account_of(server), take) for _round in range(3)] == [
            Round(taken=1, left=3),
            Round(taken=1, left=2),
            Round(left=2),
        ]
        assert given == [TWO, TWO]

    def test_every_road_to_the_mailbox_works(self, server: tuple[Dovecot, str]) -> None:
        running, user = server
        plain = replace(account_of(server), port=running.plain, security="plain")
        for account in (account_of(server), replace(plain, security="starttls"), plain):
            running.put(ONE, user=user)
            given: list[bytes] = []
            assert fetch(account, given.append) == Round(taken=1)
            assert given == [ONE]

    def test_a_certificate_that_nobody_vouches_for_is_refused(self, server: tuple[Dovecot, str]) -> None:
        running, user = server
        running.put(ONE, user=user)
        account = replace(account_of(server), authority_file=None)
        assert fetch(account, _never) == Round(fault="insecure")
        starttls = replace(account, port=running.plain, security="starttls")
        assert fetch(starttls, _never) == Round(fault="insecure")

    @pytest.mark.parametrize("password", ["wrong", "falsches Paßwort"])
    def test_a_wrong_password_is_told(self, server: tuple[Dovecot, str], password: str) -> None:
        assert fetch(replace(account_of(server), password=password), _never) == Round(fault="sign_in_refused")

    def test_a_folder_that_is_not_there_is_told(self, server: tuple[Dovecot, str]) -> None:
        assert fetch(replace(account_of(server), folder="Nowhere"), _never) == Round(fault="broken")


def _without_move(ask: Any) -> Any:
    def asked(client: imaplib.IMAP4) -> Any:
        status, (line, *_more) = ask(client)
        return status, [line.replace(b" MOVE", b"")]

    return asked
