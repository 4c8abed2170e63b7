"""Who or what wrote a mail, and what a mail server says about one of ours."""

import pytest

from allonce.kernel.desk.mail import Bounce, read_mail
from allonce.kernel.desk.mail.tests.samples import PLAIN, mail, part, parts

REPORT = (
    b"Reporting-MTA: dns; mx.north.example\r\n\r\n"
    b"Final-Recipient: rfc822; ben@north.example\r\nAction: %s\r\nStatus: %s\r\n"
    b"Diagnostic-Code: smtp; %s\r\n"
)


def report(action: bytes = b"failed", status: bytes = b"5.1.1", said: bytes = b"550 5.1.1 No such user") -> bytes:
    line, body = parts(
        'report; report-type="delivery-status"'.replace('"', ""),
        [
            part(b"I am sorry.", PLAIN),
            part(REPORT % (action, status, said), "Content-Type: message/delivery-status"),
            part(mail("We come on Monday", Message_ID="<ours@allonce.example>"), "Content-Type: message/rfc822"),
        ],
    )
    return mail(body, line.replace('"', ""), "Return-Path: <>", From="MAILER-DAEMON@mx.north.example (Mail Delivery)")


def kind_of(*head: str, body: str = "Hello", **fields: str) -> str:
    return read_mail(mail(body, *head, **fields), loop_mark="desk-of-us").kind


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Precedence: bulk",
    ],
)
def test_a_machines_answer_is_known_by_its_head(head: str) -> None:
    assert kind_of(head) == "auto_reply"


def test_auto_submitted_no_is_a_person() -> None:
    assert kind_of("Auto-Submitted: no") == "message"


@pytest.mark.parametrize(
    "subject", ["Out of office: Gate", "Abwesenheit: Tor", "Réponse automatique : porte", "Automatic reply"]
)
def test_a_typical_subject_alone_proves_nothing(subject: str) -> None:
    assert kind_of(Subject=subject) == "message"
    assert kind_of("Return-Path: <>", Subject=subject) == "auto_reply"
    assert kind_of("X-Auto-Response-Suppress: All", Subject=subject) == "auto_reply"


def test_a_list_is_a_list_even_if_it_says_bulk() -> None:
    assert kind_of("List-Id: <news.north.example>", "Precedence: bulk") == "list"
    assert kind_of("Precedence: list") == "list"


def test_our_own_mark_and_endless_forwarding_are_loops() -> None:
    assert kind_of("X-Allonce-Desk: Desk-Of-Us") == "loop"
    assert kind_of("X-Loop: desk-of-us") == "loop"
    assert kind_of("X-Loop: somebody-else") == "message"
    assert kind_of(*["Received: from a by b"] * 51) == "loop"
    assert kind_of(*["Received: from a by b"] * 50) == "message"


def test_no_mark_of_ours_makes_no_loop() -> None:
    assert read_mail(mail("x", "X-Loop: ")).kind == "message"


def test_a_report_says_who_was_not_reached_and_why() -> None:
    read = read_mail(report())
    assert read.kind == "bounce"
    assert read.bounce == Bounce("ben@north.example", "5.1.1", "550 5.1.1 No such user", permanent=True)
    assert "ours@allonce.example" in read.references


@pytest.mark.parametrize(
    ("action", "status", "said", "expected"),
    [
        (b"failed", b"5.0.0", b"552 5.2.2 Mailbox full", ("5.2.2", True)),
        (b"failed", b"4.4.7", b"Message expired", ("4.4.7", False)),
        (b"delayed", b"4.2.0", b"greylisted", ("4.2.0", False)),
        (b"delayed", b"5.0.0", b"later", ("5.0.0", False)),
    ],
)
def test_what_may_pass_is_not_permanent(action: bytes, status: bytes, said: bytes, expected: tuple[str, bool]) -> None:
    bounce = read_mail(report(action, status, said)).bounce
    assert bounce is not None
    assert (bounce.status, bounce.permanent) == expected


def test_a_report_of_success_is_no_bounce() -> None:
    assert read_mail(report(b"delivered", b"2.0.0", b"250 Ok")).kind == "auto_reply"


def test_a_bounce_in_plain_words_is_read() -> None:
    body = (
        "Hi. This is the mail program at mx.north.example.\r\nI could not deliver your message.\r\n\r\n"
        "<ben@north.example>:\r\nRemote host said: 550 5.1.1 No such user here\r\n\r\n"
        "--- Below this line is a copy of the message.\r\n\r\nMessage-ID: <Ours@ALLONCE.example>\r\n"
    )
    read = read_mail(mail(body, "Return-Path: <>", From="MAILER-DAEMON@mx.north.example", Subject="failure notice"))
    assert read.kind == "bounce"
    assert read.references == ("Ours@allonce.example",)
    said = "Remote host said: 550 5.1.1 No such user here"
    assert read.bounce == Bounce("ben@north.example", "5.1.1", said, permanent=True)


def test_who_wrote_is_not_taken_for_who_failed() -> None:
    body = "A mail of desk@allonce.example failed. Ask postmaster@mx.north.example.\r\nUser unknown: ben@north.example"
    bounce = read_mail(mail(body, From="MAILER-DAEMON@mx.north.example", Subject="Mail delivery failed")).bounce
    assert bounce is not None
    assert bounce.recipient == "ben@north.example"


def test_where_the_words_name_nobody_it_is_whom_we_wrote_to() -> None:
    returned = part(mail("x", To="ben@north.example"), "Content-Type: message/rfc822")
    line, body = parts("mixed", [part(b"User unknown", PLAIN), returned])
    bounce = read_mail(mail(body, line, From="MAILER-DAEMON@mx.north.example", Subject="Mail delivery failed")).bounce
    assert bounce is not None
    assert bounce.recipient == "ben@north.example"


def test_exims_word_of_who_failed_is_taken_before_any_other_address() -> None:
    body = "A message that you sent could not be delivered. Ask help@mx.north.example.\r\n\r\n  mailbox is full\r\n"
    read = read_mail(
        mail(
            body,
            "X-Failed-Recipients: ben@north.example",
            From="Mailer-Daemon@mx.north.example",
            Subject="Mail delivery failed",
        )
    )
    assert read.bounce is not None
    assert (read.bounce.recipient, read.bounce.permanent) == ("ben@north.example", True)


@pytest.mark.parametrize("sender", ["ada@north.example", "postmaster@north.example"])
def test_a_person_who_writes_about_failed_delivery_is_no_bounce(sender: str) -> None:
    body = "Could you look at this? My mails to you come back."
    assert kind_of(Subject="Mail delivery failed", body=body, From=sender) == "message"


def auth(*values: str, server: str = "mx.allonce.example") -> dict[str, str]:
    raw = mail("x", *(f"Authentication-Results: {value}" for value in values))
    return dict(read_mail(raw, authserv_id=server).authentication)


def test_findings_of_our_own_server_are_believed_by_method() -> None:
    value = "mx.allonce.example 1; dkim=pass (2048-bit; dkim=fail) header.d=n; spf=SoftFail smtp.mailfrom=a; dmarc=none"
    assert auth(value) == {"dkim": "pass", "spf": "softfail", "dmarc": "none"}


def test_nobody_elses_findings_are_believed() -> None:
    forged = "mx.evil.example; dkim=pass; spf=pass; dmarc=pass"
    assert auth(forged) == {}
    assert auth(forged, "mx.allonce.example; dmarc=fail") == {"dmarc": "fail"}
    assert auth("mx.allonce.example; dmarc=fail", "mx.allonce.example; dmarc=pass") == {"dmarc": "fail"}
    assert auth("mx.allonce.example; dmarc=pass", server="") == {}
    assert auth('"mx.allonce.example"; dmarc=pass') == {"dmarc": "pass"}


def test_words_in_comments_quotes_and_other_fields_are_no_results() -> None:
    value = 'mx.allonce.example; spf=fail reason="; dmarc=pass; "; none; x=pass; dkim=splendid (a (b; dmarc=pass) c)'
    assert auth(value) == {"spf": "fail"}


def test_one_good_signature_of_several_is_enough() -> None:
    assert auth("mx.allonce.example; dkim=fail header.d=a; dkim=pass header.d=b; dkim=none") == {"dkim": "pass"}
