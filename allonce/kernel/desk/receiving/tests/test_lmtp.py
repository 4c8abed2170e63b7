"""The LMTP server: nothing is lost, nothing is answered for before it is taken."""

import smtplib
import socket
import threading

import pytest

from allonce.kernel.desk.receiving.lmtp import MOST_MAIL_BYTES, Intake
from allonce.kernel.desk.receiving.tests.listening import Desk, listening

RAW = b"From: ada@north.example\r\nSubject: Gate\r\n\r\nIt sticks.\r\n.\r\n..end\r\n"


def handed(client: smtplib.LMTP, raw: bytes, *recipients: str, sender: str = "ada@north.example") -> list[int]:
    """The answers to one mail, one for each recipient."""
    client.ehlo_or_helo_if_needed()
    assert client.mail(sender)[0] == 250
    for recipient in recipients:
        assert client.rcpt(recipient)[0] == 250
    first = client.data(raw)[0]
    return [first] + [client.getreply()[0] for _more in recipients[1:]]


def test_a_mail_arrives_byte_for_byte_with_its_envelope() -> None:
    with listening() as desk, desk.client() as client:
        assert handed(client, RAW, "desk@allonce.example") == [250]
    assert desk.given == [(RAW, ("desk@allonce.example",), "ada@north.example")]


def test_bytes_beyond_ascii_and_addresses_in_any_script_arrive() -> None:
    raw = "Subject: Tür\r\n\r\nGrüße €\r\n".encode() + b"\xff\xfe\r\n"
    with listening() as desk, desk.client() as client:
        client.ehlo()
        assert client.has_extn("8bitmime")
        assert client.has_extn("smtputf8")
        client.command_encoding = "utf-8"
        client.mail("jürgen@nord.example", ["BODY=8BITMIME", "SMTPUTF8"])
        client.rcpt("büro@allonce.example")
        assert client.data(raw)[0] == 250
    assert desk.given == [(raw, ("büro@allonce.example",), "jürgen@nord.example")]


def test_a_bounce_has_an_empty_sender() -> None:
    with listening() as desk, desk.client() as client:
        handed(client, RAW, "desk@allonce.example", sender="<>")
    assert desk.given[0][2] == ""


def test_if_the_desk_fails_the_sender_is_told_to_try_again_and_the_next_mail_is_taken() -> None:
    with listening() as desk, desk.client() as client:
        desk.fail = True
        assert handed(client, RAW, "desk@allonce.example", "help@allonce.example") == [451, 451]
        desk.fail = False
        assert handed(client, RAW, "desk@allonce.example", "help@allonce.example") == [250, 250]
    assert [given[0] for given in desk.given] == [RAW, RAW]


def test_each_recipient_has_an_answer_of_its_own() -> None:
    with listening() as desk, desk.client() as client:
        desk.not_for = {"help@allonce.example"}
        assert handed(client, RAW, "desk@allonce.example", "help@allonce.example") == [250, 451]
        assert client.noop()[0] == 250
    assert len(desk.given) == 1


def test_no_answer_comes_before_the_desk_has_the_mail() -> None:
    held, answers = threading.Event(), []
    with listening() as desk, desk.client() as client:
        desk.before_return = lambda: held.wait(10)
        thread = threading.Thread(target=lambda: answers.extend(handed(client, RAW, "desk@allonce.example")))
        thread.start()
        thread.join(0.3)
        assert (len(desk.given), answers) == (1, [])
        held.set()
        thread.join(10)
        assert answers == [250]


def test_told_to_stop_it_finishes_what_it_is_taking() -> None:
    held, answers = threading.Event(), []
    with listening() as desk, desk.client() as client:
        desk.before_return = lambda: held.wait(10)
        thread = threading.Thread(target=lambda: answers.extend(handed(client, RAW, "desk@allonce.example")))
        thread.start()
        while not desk.given:
            thread.join(0.02)
        desk.stop()
        thread.join(0.2)
        held.set()
        thread.join(10)
        assert answers == [250]
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", desk.port), timeout=2)
        client.sock = None


def test_a_mail_announced_as_too_large_is_refused_at_once() -> None:
    with listening() as desk, desk.client() as client:
        client.ehlo()
        assert client.esmtp_features["size"] == str(50 * 1024 * 1024)
        assert client.mail("ada@north.example", [f"SIZE={MOST_MAIL_BYTES + 1}"])[0] == 552
        assert client.mail("ada@north.example", [f"SIZE={MOST_MAIL_BYTES}"])[0] == 250
    assert desk.given == []


def test_a_mail_that_turns_out_too_large_is_refused_for_each_recipient() -> None:
    large = b"Subject: x\r\n\r\n" + (b"x" * 998 + b"\r\n") * (MOST_MAIL_BYTES // 1000 + 2)
    with listening() as desk, desk.client() as client:
        assert handed(client, large, "desk@allonce.example", "help@allonce.example") == [552, 552]
        assert handed(client, RAW, "desk@allonce.example") == [250]
    assert [given[0] for given in desk.given] == [RAW]


def test_lines_far_beyond_the_standard_are_taken() -> None:
    raw = b"Subject: x\r\nReferences: " + b"<a@b> " * 2_000 + b"\r\n\r\n" + b"y" * 900_000 + b"\r\n"
    with listening() as desk, desk.client() as client:
        assert handed(client, raw, "desk@allonce.example") == [250]
    assert desk.given[0][0] == raw


def test_nobody_is_answered_for_whom_the_desk_does_not_know() -> None:
    def knowing(desk: Desk) -> Intake:
        return Intake(desk.take, knows=lambda recipient: recipient == "desk@allonce.example")

    with listening(knowing) as desk, desk.client() as client:
        client.ehlo()
        client.mail("ada@north.example")
        assert client.rcpt("other@allonce.example")[0] == 550
        assert client.rcpt("desk@allonce.example")[0] == 250
        assert client.data(RAW)[0] == 250
    assert desk.given[0][1] == ("desk@allonce.example",)


def test_if_it_cannot_be_asked_who_is_known_the_sender_tries_again() -> None:
    def failing(desk: Desk) -> Intake:
        return Intake(desk.take, knows=lambda _recipient: bool(1 / 0))

    with listening(failing) as desk, desk.client() as client:
        client.ehlo()
        client.mail("ada@north.example")
        assert client.rcpt("desk@allonce.example")[0] == 451


def test_a_sender_that_hangs_up_in_the_middle_gave_nothing() -> None:
    with listening() as desk:
        with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as line:
            line.sendall(b"LHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: half")
        with desk.client() as client:
            assert handed(client, RAW, "desk@allonce.example") == [250]
    assert [given[0] for given in desk.given] == [RAW]


def test_as_an_smtp_server_one_answer_stands_for_all() -> None:
    with (
        listening(lambda desk: Intake(desk.take, protocol="smtp")) as desk,
        smtplib.SMTP("127.0.0.1", desk.port, local_hostname="tests", timeout=20) as client,
    ):
        both = ["desk@allonce.example", "help@allonce.example"]
        desk.not_for = {"help@allonce.example"}
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail("ada@north.example", both, RAW)
        assert refused.value.smtp_code == 451
        desk.not_for = ()
        assert client.sendmail("ada@north.example", both, RAW) == {}
    assert [given[1] for given in desk.given] == [tuple(both)] * 2
