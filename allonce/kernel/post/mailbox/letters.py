"""One mail as the mailbox shows it."""

import email
import email.policy
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import EmailMessage
from functools import cached_property
from typing import Literal

from allonce.kernel.clock import now

LetterState = Literal["accepted", "delivered", "bounced", "complained"]
# A word, a colour and a shape for each state: the shape is the icon's name in the page.
OVERVIEW_CHARACTERS = 140


@dataclass(frozen=True)
class Enclosure:
    """An attachment of a letter; `number` is its place among the attachments."""

    number: int
    name: str
    kind: str
    size: int
    content: bytes = field(repr=False)

    @property
    def is_pdf(self) -> bool:
        return self.kind == "application/pdf"

    @property
    def is_picture(self) -> bool:
        return self.kind in {"image/png", "image/jpeg", "image/gif", "image/webp"}


@dataclass(frozen=True)
class Letter:
    """A mail taken for one recipient."""

    id: str
    recipient: str
    sender: str
    raw: bytes = field(repr=False)
    received_at: datetime
    state: LetterState = "accepted"

    @classmethod
    def taken(cls, *, recipient: str, sender: str, raw: bytes) -> "Letter":
        return cls(secrets.token_hex(8), recipient, sender, raw, now())

    def with_state(self, state: LetterState) -> "Letter":
        return replace(self, state=state)

    @cached_property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @cached_property
    def message_id(self) -> str:
        return self.header("Message-ID").strip()

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def from_line(self) -> str:
        return self.header("From")

    @property
    def reply_to(self) -> str:
        return self.header("Reply-To")

    def header(self, name: str) -> str:
        """A header as text; broken ones, which strangers do send, read as empty."""
        with suppress(Exception):
            return str(self.message[name] or "")
        return ""

    @cached_property
    def text(self) -> str:
        return self._body("plain")

    @cached_property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        with suppress(Exception):
            part = self.message.get_body((kind,))
            return str(part.get_content()) if part is not None else ""
        return ""

    @property
    def overview(self) -> str:
        """The beginning of what it says, without the subject, which stands above it and heads many letters again."""
        words = self.text or re.sub(r"<[^>]+>", " ", self.html)
        flat = " ".join(words.split()).removeprefix(" ".join(self.subject.split()))
        return flat.strip()[:OVERVIEW_CHARACTERS]

    @property
    def source(self) -> str:
        return self.raw.decode("utf-8", "replace")

    @cached_property
    def enclosures(self) -> list[Enclosure]:
        return [_enclosure(number, part) for number, part in enumerate(self.message.iter_attachments())]

    def holds(self, words: str) -> bool:
        """Whether every word occurs in the addresses, the subject or the text."""
        hay = " ".join([self.recipient, self.from_line, self.subject, self.text]).casefold()
        return all(word in hay for word in words.casefold().split())


def _enclosure(number: int, part: EmailMessage) -> Enclosure:
    content = part.get_payload(decode=True)
    body = content if isinstance(content, bytes) else part.as_bytes()
    name = part.get_filename() or f"part-{number}"
    return Enclosure(number, name, part.get_content_type(), len(body), body)


def text_letter(told: dict[str, str]) -> Letter:
    """A text message as a letter to its number, with the fields `to`, `from`, `text` and `reference`.

    Raises ValueError for what names no number or says nothing.
    """
    to, words = str(told.get("to", "")), str(told.get("text", ""))
    if not to.startswith("+") or not words:
        raise ValueError("a text has a number and words")
    made = EmailMessage()
    made["From"], made["To"] = str(told.get("from", "")) or "text", to
    made["Subject"] = f"Text message: {words[:40]}" + ("…" if len(words) > 40 else "")
    made["Message-ID"] = f"<{str(told.get('reference', '')).replace(':', '.') or secrets.token_hex(8)}@text.example>"
    made.set_content(words)
    return Letter.taken(recipient=to, sender=str(made["From"]), raw=made.as_bytes())
