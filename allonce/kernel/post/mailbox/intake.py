"""The mailbox as a relay: SMTP on loopback, with addresses that play each fault."""

import asyncio
from dataclasses import dataclass
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from allonce.kernel.post.mailbox.events import Reporter
from allonce.kernel.post.mailbox.letters import Letter
from allonce.kernel.post.mailbox.store import Store

MOST_MAIL_BYTES = 40 * 1024 * 1024
# Real mails hold lines far beyond the standard's 1,000 bytes.
LONGEST_LINE = 1024 * 1024

REFUSING = "refuse.example"
SLOW = "slow.example"
BOUNCING = "bounce.example"


@dataclass(frozen=True)
class Faults:
    """How the playing addresses behave, in seconds."""

    slow_seconds: float = 30.0
    bounce_after: float = 2.0


class Handler:
    """Takes each mail into the store, once per recipient."""

    def __init__(self, store: Store, reporter: Reporter, faults: Faults) -> None:
        self._store = store
        self._reporter = reporter
        self._faults = faults
        self._later: set[asyncio.Task[None]] = set()

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._store.down:
            return "421 4.3.2 The demo relay is switched off"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if _domain(address) == REFUSING:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        letters = [self._take(address, envelope.mail_from or "", raw) for address in envelope.rcpt_tos]
        if any(_domain(letter.recipient) == SLOW for letter in letters):
            await asyncio.sleep(self._faults.slow_seconds)
        return "250 2.0.0 Taken"

    def _take(self, recipient: str, sender: str, raw: bytes) -> Letter:
        letter = Letter.taken(recipient=recipient, sender=sender, raw=raw)
        self._store.add(letter)
        if _domain(recipient) == BOUNCING:
            task = asyncio.create_task(self._bounce_later(letter))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
        return letter

    async def _bounce_later(self, letter: Letter) -> None:
        await asyncio.sleep(self._faults.bounce_after)
        await self._reporter.report(letter, "bounced")
        self._store.mark(letter.id, "bounced")


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()


async def listen(handler: Any, host: str, port: int) -> asyncio.Server:
    """An SMTP server on `host`:`port` (0: a free one)."""

    def session() -> SMTP:
        server = SMTP(handler, data_size_limit=MOST_MAIL_BYTES, enable_SMTPUTF8=True, hostname="mailbox")
        server.line_length_limit = LONGEST_LINE
        return server

    return await asyncio.get_running_loop().create_server(session, host, port)
