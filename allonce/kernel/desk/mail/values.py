"""What a mail says, once read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["message", "auto_reply", "bounce", "list", "loop"]


@dataclass(frozen=True)
class Address:
    """A mailbox and the name written beside it; both may be empty."""

    name: str
    email: str


@dataclass(frozen=True)
class File:
    """Something that came with the mail. `inline`: the text shows it in place, as `[cid:…]`."""

    name: str
    media_type: str
    content: bytes
    content_id: str
    inline: bool


@dataclass(frozen=True)
class Bounce:
    """Why a mail of ours did not arrive. `status` is RFC 3463's (5.1.1), or empty where none was given."""

    recipient: str
    status: str
    reason: str
    permanent: bool


@dataclass(frozen=True)
class Mail:
    """One mail. Message ids are in normal form (see `ids.normal_id`); `sent_at` is in UTC, None where it says nothing.

    `reply` is what the sender newly wrote, without quotes and signature. `faults` are codes of what was
    broken and had to be guessed or left out.
    """

    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    sender: Address = Address("", "")
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""
    reply: str = ""
    files: tuple[File, ...] = ()
    kind: Kind = "message"
    bounce: Bounce | None = None
    authentication: Mapping[str, str] = field(default_factory=dict)
    ticket_numbers: tuple[int, ...] = ()
    faults: tuple[str, ...] = ()
