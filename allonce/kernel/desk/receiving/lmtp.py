"""An LMTP (or SMTP) server that answers for a mail only when the desk has it."""

import asyncio
import logging
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

log = structlog.get_logger("allonce.desk")

LOOPBACK = "127.0.0.1"
MOST_MAIL_BYTES = 50 * 1024 * 1024
# Real mails hold lines far beyond the standard's 1,000 bytes.
LONGEST_LINE = 1024 * 1024
MOST_RECIPIENTS = 100
GRACE_SECONDS = 30.0

TAKEN = "250 2.0.0 Taken"
LATER = "451 4.3.0 Not taken, please try again later"
NOBODY = "550 5.1.1 No such mailbox"

Take = Callable[[bytes, tuple[str, ...], str], Collection[str] | None]


@dataclass(frozen=True)
class Intake:
    """What is done with each mail.

    `take(raw, recipients, envelope_from)` runs in a thread of its own (and leaves no database connection open there),
    may be called again with the same mail, and returns for which of the recipients the mail could not be taken
    (None: all are served). If it raises, none is.
    The sender keeps what was not taken and tries again. `knows(recipient)` says which recipients there are.
    """

    take: Take
    knows: Callable[[str], bool] = lambda _recipient: True
    protocol: Literal["lmtp", "smtp"] = "lmtp"
    most_bytes: int = MOST_MAIL_BYTES
    workers: int = 2


async def receive(
    intake: Intake,
    stop: asyncio.Event,
    *,
    host: str = LOOPBACK,
    port: int = 0,
    started: Callable[[int], None] = lambda _port: None,
) -> None:
    """Serve on `host`:`port` (0: a free one) until `stop` is set; then finish what is being taken.

    `started` is told the port. Raises OSError where the port is taken.
    """
    # The library's dialogue at INFO would be a line for each word, addresses included.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    with ThreadPoolExecutor(intake.workers, thread_name_prefix="desk-mail") as workers:
        handler = _Handler(intake, workers)
        server = await asyncio.get_running_loop().create_server(lambda: _session(intake, handler), host, port)
        try:
            started(server.sockets[0].getsockname()[1])
            await stop.wait()
        finally:
            server.close()
            await handler.finish(GRACE_SECONDS)


def _session(intake: Intake, handler: "_Handler") -> SMTP:
    kind = _Lmtp if intake.protocol == "lmtp" else _Smtp
    return kind(handler, data_size_limit=intake.most_bytes, enable_SMTPUTF8=True, hostname="desk", ident="Desk")


class _Smtp(SMTP):
    line_length_limit = LONGEST_LINE


class _Lmtp(LMTP):
    line_length_limit = LONGEST_LINE
    _answers_due = 0

    async def push(self, status: Any) -> None:
        """After its data a mail is answered for once per recipient (RFC 2033), refusals included."""
        if isinstance(status, str) and status.startswith("354"):
            self._answers_due = len(self.envelope.rcpt_tos) if self.envelope else 1
        elif self._answers_due:
            status = status if "\r\n" in status else "\r\n".join([status] * self._answers_due)
            self._answers_due = 0
        await super().push(status)


class _Handler:
    def __init__(self, intake: Intake, workers: ThreadPoolExecutor) -> None:
        self._intake = intake
        self._workers = workers
        self._taking = 0

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if not await self._run(self._intake.knows, address):
            return NOBODY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        recipients = tuple(envelope.rcpt_tos)
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        left = await self._not_taken(raw, recipients, (envelope.mail_from or "").strip("<>"))
        if self._intake.protocol == "smtp":
            # One answer for all: who was served is served again, and known by the mail's digest.
            return LATER if left else TAKEN
        return "\r\n".join(LATER if recipient in left else TAKEN for recipient in recipients)

    async def handle_exception(self, error: Exception) -> str:
        log.warning("desk.mail_session_failed", error=type(error).__name__)
        return LATER

    async def _not_taken(self, raw: bytes, recipients: tuple[str, ...], sender: str) -> Collection[str]:
        self._taking += 1
        try:
            return await self._run(self._intake.take, raw, recipients, sender) or ()
        except Exception as error:  # noqa: BLE001 (whatever it is, the sender keeps the mail and tries again)
            log.warning("desk.mail_not_taken", error=type(error).__name__)
            return recipients
        finally:
            self._taking -= 1

    async def _run(self, call: Callable[..., Any], *values: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._workers, call, *values)

    async def finish(self, seconds: float) -> None:
        """Until nothing is being taken and answered for, at most `seconds`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._taking and loop.time() < end:
            await asyncio.sleep(0.02)
        # The last answer is still to be written.
        await asyncio.sleep(0.05)
