"""Reads a mail, whatever its bytes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from typing import TypeVar

from allonce.kernel.desk.mail import headers
from allonce.kernel.desk.mail.authentication import authentication_of
from allonce.kernel.desk.mail.bounces import bounce_of, returned_ids
from allonce.kernel.desk.mail.heads import head_length, mended
from allonce.kernel.desk.mail.ids import first_id, ids_in, ticket_numbers
from allonce.kernel.desk.mail.kinds import kind_of
from allonce.kernel.desk.mail.parts import MOST_TEXT, Contents, contents_of
from allonce.kernel.desk.mail.replies import reply_of
from allonce.kernel.desk.mail.values import Address, Bounce, Kind, Mail

MOST_PARTS = 2_000
MOST_BOUNDARIES = 200
MOST_LINES = 3_000_000
MOST_COMPARISONS = 20_000_000
LONGEST_HEAD = 512 * 1024

_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\"\s;]{1,100})", re.IGNORECASE)
_MBOX_LINE = re.compile(rb"(?:\s*[\r\n])?>?From [^\r\n]*\r?\n")

R = TypeVar("R")


def read_mail(raw: bytes, *, prefix: str = "T", authserv_id: str = "", loop_mark: str = "") -> Mail:
    """What `raw` says. Never raises: what cannot be read is left empty and told of in `faults`.

    `prefix` stands before ticket numbers, `authserv_id` names the mail server whose findings are believed,
    `loop_mark` is what this desk writes into `X-Allonce-Desk` of its own mails.
    """
    reading = _Reading()
    message = reading.parse(raw)
    contents = reading.attempt("part_unreadable", lambda: contents_of(message), Contents())
    for fault in contents.faults:
        reading.tell(fault)
    return reading.mail(message, contents, _Trust(prefix, authserv_id, loop_mark))


@dataclass(frozen=True)
class _Trust:
    prefix: str
    authserv_id: str
    loop_mark: str


@dataclass
class _Reading:
    faults: list[str] = field(default_factory=list)

    def tell(self, fault: str) -> None:
        if fault not in self.faults:
            self.faults.append(fault)

    def attempt(self, fault: str, read: Callable[[], R], otherwise: R) -> R:
        """What `read` returns; `otherwise`, and the fault told, if it fails in whatever way."""
        try:
            return read()
        except Exception:  # noqa: BLE001 (a mail is anybody's bytes; what fails on it must not stop the intake)
            self.tell(fault)
            return otherwise

    def parse(self, raw: bytes) -> Message:
        envelope = _MBOX_LINE.match(raw)
        plain = raw[envelope.end() if envelope else 0 :].lstrip(b"\r\n")
        if head_length(plain) > LONGEST_HEAD:
            self.tell("head_cut")
            plain = plain[:LONGEST_HEAD]
        plain, was_broken = mended(plain)
        if was_broken:
            self.tell("head_broken")
        if _is_too_much(plain):
            self.tell("too_many_parts")
            return self._headers_only(plain)
        whole = self.attempt("structure_unreadable", lambda: message_from_bytes(plain), None)
        return self._headers_only(plain) if whole is None else whole

    def _headers_only(self, plain: bytes) -> Message:
        """The first of the body as plain text: better than nothing of a mail that nests without end."""
        parse = BytesHeaderParser().parsebytes
        message = self.attempt("headers_unreadable", lambda: parse(plain[: LONGEST_HEAD + MOST_TEXT]), Message())
        for name in ("Content-Type", "Content-Transfer-Encoding"):
            del message[name]
        return message

    def mail(self, message: Message, contents: Contents, trust: _Trust) -> Mail:
        subject = self.attempt("subject_unreadable", lambda: headers.words(message, "Subject"), "")
        text = _joined(contents.texts)
        kind, bounce = self._kind(message, contents, subject, text, trust.loop_mark)
        returned: list[str] = []
        if kind == "bounce":
            # A bounce answers the mail that it brings back.
            returned = self.attempt("returned_id", lambda: returned_ids(contents, text), returned)
        own_id, answers, references = self._ids(message, returned)
        return Mail(
            message_id=own_id,
            in_reply_to=answers,
            references=references,
            sender=self._sender(message),
            reply_to=self._addresses(message, "Reply-To"),
            to=self._addresses(message, "To"),
            cc=self._addresses(message, "Cc"),
            subject=subject,
            sent_at=self._sent_at(message),
            text=text,
            reply=self.attempt("reply_unreadable", lambda: reply_of(text, subject), text),
            files=tuple(contents.files),
            kind=kind,
            bounce=bounce,
            authentication=self.attempt("authentication", lambda: authentication_of(message, trust.authserv_id), {}),
            ticket_numbers=ticket_numbers(subject, trust.prefix),
            faults=tuple(self.faults),
        )

    def _kind(
        self, message: Message, contents: Contents, subject: str, text: str, loop_mark: str
    ) -> tuple[Kind, Bounce | None]:
        ordinary: Kind = "message"
        kind = self.attempt("kind", lambda: kind_of(message, contents, subject, text, loop_mark), ordinary)
        if kind != "bounce":
            return kind, None
        nothing = Bounce("", "", "", permanent=False)
        return kind, self.attempt("bounce_unreadable", lambda: bounce_of(message, contents, subject, text), nothing)

    def _ids(self, message: Message, returned: list[str]) -> tuple[str, str, tuple[str, ...]]:
        own = self.attempt("message_id", lambda: first_id(headers.raw_value(message, "Message-ID")), "")
        if not own:
            self.tell("no_message_id")
        none: tuple[str, ...] = ()
        answers = self.attempt(
            "in_reply_to", lambda: ids_in(" ".join(headers.raw_values(message, "In-Reply-To"))), none
        )
        named = self.attempt("references", lambda: ids_in(" ".join(headers.raw_values(message, "References"))), none)
        more = dict.fromkeys((*answers[1:], *returned))
        references = (*named, *(each for each in more if each not in named))
        return own, answers[0] if answers else "", references

    def _sender(self, message: Message) -> Address:
        found = self._addresses(message, "From")
        if len(found) > 1:
            self.tell("several_senders")
        found = found or self._addresses(message, "Sender")
        if found:
            return found[0]
        self.tell("no_sender")
        return self.attempt("sender_unreadable", lambda: headers.name_only(message, "From"), Address("", ""))

    def _addresses(self, message: Message, name: str) -> tuple[Address, ...]:
        return self.attempt(
            f"{name.lower().replace('-', '_')}_unreadable", lambda: headers.addresses(message, name), ()
        )

    def _sent_at(self, message: Message) -> datetime | None:
        moment = self.attempt("date", lambda: headers.sent_at(message), None)
        if moment is None:
            self.tell("date")
        return moment


def _is_too_much(raw: bytes) -> bool:
    """Judged before the library builds an object for each part: a small mail can ask for millions.

    It compares each line with each boundary around it, hence the product.
    """
    boundaries = {found[1] for found in _BOUNDARY.finditer(raw)}
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    if len(boundaries) > MOST_BOUNDARIES or lines > MOST_LINES or lines * len(boundaries) > MOST_COMPARISONS:
        return True
    return sum(raw.count(b"--" + boundary) for boundary in boundaries) > MOST_PARTS


def _joined(texts: list[str]) -> str:
    text = "\n\n".join(each.strip("\n") for each in texts if each.strip())
    return text[:MOST_TEXT]
