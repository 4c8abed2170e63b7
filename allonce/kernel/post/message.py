"""What leaves the house, as values: a letter from the outbox, a mail from memory, and what the relay said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from allonce.kernel.vault import Scope

RelayState = Literal["accepted", "refused", "retry", "uncertain"]


@dataclass(frozen=True)
class Attachment:
    """A file of a mail. `kind` is its media type, such as "application/pdf"."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """A letter for the outbox: encrypted under `scope` until it is delivered, then wiped.

    `kind` names the sort of letter ("accounts.invitation"); it stays after the content has gone. `headers`
    are added to those that every mail has. `text_only` leaves as text without HTML beside it, for programs that
    read their mail.
    """

    scope: Scope
    kind: str
    to: str
    subject: str
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    attachments: Sequence[Attachment] = field(default=(), repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    reply_to: str = ""
    from_name: str = ""
    text_only: bool = False


@dataclass(frozen=True)
class RelayMail:
    """One mail to one recipient that must never be stored: it lives in memory until the relay has answered.

    `message_id` is deterministic (see `message_id_for`), so that a later look-up can find what an earlier
    attempt did. `idempotency_key` goes to relays that promise to take one key only once.
    """

    to: str
    subject: str
    text: str = field(repr=False)
    message_id: str
    html: str = field(default="", repr=False)
    attachments: Sequence[Attachment] = field(default=(), repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    reply_to: str = ""
    from_name: str = ""
    idempotency_key: str = ""


@dataclass(frozen=True)
class RelayOutcome:
    """What the relay did with one mail.

    accepted:  the relay took responsibility. refused: it never will take this mail; `detail` says why.
    retry:     it certainly did not take the mail; try again. uncertain: nobody can tell whether it did.
    `detail` is one word of `REASONS`, never the relay's own text, which may quote the mail.
    `relay_id` is the relay's name for the mail where it is not our Message-ID; delivery events may use it.
    """

    state: RelayState
    detail: str = ""
    relay_id: str = ""


# Every reason a delivery may show, in the one vocabulary of server, phone and office.
REASONS = frozenset(
    {
        "",
        "no_such_mailbox",
        "mailbox_full",
        "address_invalid",
        "content_refused",
        "too_large",
        "spam_suspected",
        "recipient_refused",
        "relay_down",
        "relay_busy",
        "relay_setup",
        "no_answer",
        "being_sent",
        "bounced",
        "complained",
        "blocked",
        "deferred",
        "never_taken",
    }
)
