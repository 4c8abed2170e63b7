"""Which conversation a mail joins, and who may not join any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel.desk.mail import (
    Address,
    Bounce,
    Kind,
    Mail,
    claimed_parent_of,
    digest,
    may_open,
    parent_of,
    read_mail,
)
from allonce.kernel.desk.mail.tests.samples import mail

ADA = Address("Ada", "ada@north.example")
STRANGER = Address("Mallory", "mallory@evil.example")


@dataclass
class Desk:
    """Conversations by the ids of their mails and by number, and who takes part."""

    by_id: dict[str, str] = field(default_factory=lambda: {"ours@desk": "gate", "older@desk": "fence"})
    numbers: dict[int, str] = field(default_factory=lambda: {7: "gate", 8: "fence"})
    parties: dict[str, set[str]] = field(
        default_factory=lambda: {"gate": {ADA.email}, "fence": {ADA.email, "ben@north.example"}}
    )

    def known(self, ids: Sequence[str]) -> Mapping[str, str]:
        return {each: self.by_id[each] for each in ids if each in self.by_id}

    def is_participant(self, thread: str, email: str) -> bool:
        return email in self.parties[thread]

    def joins(self, read: Mail) -> str | None:
        return parent_of(read, self.known, self.numbers.get, self.is_participant)

    def claims(self, read: Mail) -> str | None:
        return claimed_parent_of(read, self.known, self.numbers.get)


def test_an_answer_joins_by_in_reply_to_before_references_before_number() -> None:
    read = Mail(sender=ADA, in_reply_to="ours@desk", references=("older@desk",), ticket_numbers=(8,))
    assert Desk().joins(read) == "gate"
    assert Desk().joins(replace(read, in_reply_to="nobody@knows")) == "fence"
    assert Desk().joins(replace(read, in_reply_to="", references=("older@desk", "ours@desk", "x@y"))) == "gate"
    assert Desk().joins(Mail(sender=ADA, ticket_numbers=(8,))) == "fence"
    assert Desk().joins(Mail(sender=ADA, references=("x@y",), ticket_numbers=(99,))) is None


@pytest.mark.parametrize(
    "named",
    [Mail(ticket_numbers=(7,)), Mail(in_reply_to="ours@desk"), Mail(references=("ours@desk",))],
    ids=["number", "in_reply_to", "references"],
)
def test_a_stranger_never_joins_whatever_they_name_and_staff_are_told(named: Mail) -> None:
    read = replace(named, sender=STRANGER)
    assert Desk().joins(read) is None
    assert may_open(read)
    assert Desk().claims(read) == "gate"
    assert Desk().joins(replace(named, sender=ADA)) == "gate"


def test_a_sender_whom_the_mail_server_disowns_is_a_stranger() -> None:
    read = Mail(sender=ADA, in_reply_to="ours@desk")
    assert Desk().joins(replace(read, authentication={"dmarc": "fail"})) is None
    assert Desk().joins(replace(read, authentication={"dmarc": "none", "spf": "fail"})) == "gate"


def test_a_mail_of_several_senders_is_a_strangers() -> None:
    raw = mail("x", From="ada@north.example, mallory@evil.example", In_Reply_To="<ours@desk>")
    assert Desk().joins(read_mail(raw)) is None


def test_a_name_that_is_a_participants_address_is_no_participant() -> None:
    raw = mail("x", From="ada@north.example <mallory@evil.example>", Subject="T-7")
    assert Desk().joins(read_mail(raw)) is None


@pytest.mark.parametrize("kind", ["auto_reply", "bounce", "loop"])
def test_a_machine_never_opens_a_conversation(kind: Kind) -> None:
    assert not may_open(Mail(sender=ADA, kind=kind))


def test_an_automatic_answer_joins_and_a_loop_does_not() -> None:
    answer = Mail(sender=ADA, in_reply_to="ours@desk", kind="auto_reply")
    assert Desk().joins(answer) == "gate"
    assert Desk().joins(replace(answer, kind="loop")) is None


def test_a_bounce_joins_where_its_recipient_takes_part() -> None:
    bounce = Bounce("ada@north.example", "5.1.1", "No such user", permanent=True)
    read = Mail(sender=Address("", "mailer-daemon@mx"), kind="bounce", references=("ours@desk",), bounce=bounce)
    assert Desk().joins(read) == "gate"
    assert Desk().joins(replace(read, bounce=replace(bounce, recipient=STRANGER.email))) is None
    assert Desk().joins(replace(read, references=(), ticket_numbers=(7,))) is None


def test_a_mail_never_answers_itself() -> None:
    read = Mail(sender=ADA, message_id="ours@desk", in_reply_to="ours@desk")
    assert Desk().joins(read) is None


_IDS = st.sampled_from(["ours@desk", "older@desk", "x@y", ""])


@given(
    st.sampled_from([ADA, STRANGER, Address("Ben", "ben@north.example"), Address("", "")]),
    _IDS,
    st.lists(_IDS, max_size=4),
    st.lists(st.integers(6, 9), max_size=3),
    st.sampled_from(["message", "auto_reply", "list", "loop"]),
)
def test_whoever_joins_takes_part(
    sender: Address, answers: str, references: list[str], numbers: list[int], kind: Kind
) -> None:
    desk = Desk()
    read = Mail(
        sender=sender, in_reply_to=answers, references=tuple(references), ticket_numbers=tuple(numbers), kind=kind
    )
    joined = desk.joins(read)
    named = [desk.by_id.get(each) for each in (answers, *references)] + [desk.numbers.get(each) for each in numbers]
    if joined is None:
        assert kind == "loop" or not any(each and desk.is_participant(each, sender.email) for each in named)
    else:
        assert desk.is_participant(joined, sender.email)
        assert joined in named


def test_one_mail_by_two_roads_counts_once() -> None:
    body = "Hello\r\nthere\r\n"
    one = mail(body, "X-Spam: no\r\n  not at all", "Subject2: x")
    traced = b"Return-Path: <a@b>\r\nReceived: from x\r\n\tby y\r\nDelivered-To: desk\r\n" + one.replace(
        b"X-Spam: no", b"X-Spam: yes"
    )
    unix = one.replace(b"\r\n", b"\n") + b"\n"
    assert digest(one) == digest(traced) == digest(unix)
    assert digest(one) != digest(one + b"more")
    assert digest(one) != digest(one.replace(b"Subject2: x", b"Subject2: y"))
    assert digest(b"a: b\n\nx") != digest(b"a: b\nx")
