"""Fetches a mailbox: each unseen mail is handed over, and marked only when it was taken."""

import imaplib
import ipaddress
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

import structlog
from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.utils import encode_folder

log = structlog.get_logger("allonce.desk")

MOST_MAIL_BYTES = 50 * 1024 * 1024
MOST_PER_ROUND = 200
TIMEOUT_SECONDS = 60.0

Take = Callable[[bytes], None]
Fault = Literal["", "unreachable", "insecure", "sign_in_refused", "broken"]


@dataclass(frozen=True)
class ImapAccount:
    """A mailbox and how it is reached. Taken mails stay in `folder` as seen, or go to `taken_folder` if one is named.

    Raises ValueError for a connection without encryption to another machine.
    """

    host: str
    user: str
    password: str = field(repr=False)
    port: int = 993
    security: Literal["tls", "starttls", "plain"] = "tls"
    folder: str = "INBOX"
    taken_folder: str = ""
    # For tests and for servers with a certificate authority of their own.
    authority_file: str | None = None

    def __post_init__(self) -> None:
        if self.security == "plain" and not _is_loopback(self.host):
            raise ValueError("without encryption only a mailbox on this machine is fetched")


@dataclass(frozen=True)
class Round:
    """What a round did: how many mails were taken, left for the next one, too large, and what stopped it."""

    taken: int = 0
    left: int = 0
    too_large: int = 0
    fault: Fault = ""


def fetch(account: ImapAccount, take: Take, *, most_bytes: int = MOST_MAIL_BYTES) -> Round:
    """Hand each unseen mail to `take`, oldest first. Never raises for what the server or `take` does.

    A mail that `take` raises for, and all that follow a broken connection, stay unseen for the next round.
    """
    try:
        mailbox = _connected(account)
    except ssl.SSLError:
        return Round(fault="insecure")
    except (OSError, imaplib.IMAP4.error, ImapToolsError):
        return Round(fault="unreachable")
    fetching = _Fetching(mailbox, account, take)
    try:
        fault = fetching.run(most_bytes)
    finally:
        # The line may be dead already.
        with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
            mailbox.logout()
    return Round(fetching.taken, fetching.left, fetching.too_large, fault)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _connected(account: ImapAccount) -> BaseMailBox:
    if account.security == "plain":
        return MailBoxUnencrypted(account.host, account.port, timeout=TIMEOUT_SECONDS)
    # The library's own default would believe any certificate.
    context = ssl.create_default_context(cafile=account.authority_file)
    if account.security == "starttls":
        return MailBoxStartTls(account.host, account.port, timeout=TIMEOUT_SECONDS, ssl_context=context)
    return MailBox(account.host, account.port, timeout=TIMEOUT_SECONDS, ssl_context=context)


@dataclass
class _Fetching:
    mailbox: BaseMailBox
    account: ImapAccount
    take: Take
    taken: int = 0
    left: int = 0
    too_large: int = 0

    def run(self, most_bytes: int) -> Fault:
        try:
            self._sign_in()
            self._fetch_all(most_bytes)
        except MailboxLoginError:
            return "sign_in_refused"
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            log.warning("desk.mailbox_broken", error=type(error).__name__)
            return "broken"
        return ""

    def _sign_in(self) -> None:
        name, password = self.account.user, self.account.password
        sign_in = self.mailbox.login if (name + password).isascii() else self.mailbox.login_utf8
        try:
            sign_in(name, password, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise MailboxLoginError(("NO", [b""]), "OK") from error
        self.mailbox.folder.set(self.account.folder)

    def _fetch_all(self, most_bytes: int) -> None:
        new = self.mailbox.uids("UNSEEN UNDELETED")
        small = set(self.mailbox.uids(f"UNSEEN UNDELETED SMALLER {most_bytes + 1}"))
        fitting = [uid for uid in new if uid in small]
        self.too_large = len(new) - len(fitting)
        for at, uid in enumerate(fitting):
            # Counted by what is taken: mails that can never be taken must not hold up the others.
            if self.taken >= MOST_PER_ROUND:
                self.left += len(fitting) - at
                return
            self._fetch_one(uid)

    def _fetch_one(self, uid: str) -> None:
        raw = self._raw(uid)
        if raw is None:
            return
        try:
            self.take(raw)
        except Exception as error:  # noqa: BLE001 (whatever it is, the mail stays for the next round)
            log.warning("desk.mail_not_taken", error=type(error).__name__)
            self.left += 1
            return
        self.taken += 1
        self._mark(uid)

    def _raw(self, uid: str) -> bytes | None:
        """The mail as the server keeps it, without marking it as seen; None where another client took it away."""
        answer = self._told("FETCH", uid, "(BODY.PEEK[])")
        return next((bytes(each[1]) for each in answer if isinstance(each, tuple)), None)

    def _mark(self, uid: str) -> None:
        """Only this mail: the library's own flagging would also expunge what others marked as deleted."""
        self._told("STORE", uid, "+FLAGS", r"(\Seen)")
        folder = self.account.taken_folder
        if not folder:
            return
        if not self.mailbox.folder.exists(folder):
            self.mailbox.folder.create(folder)
        if self._can_move():
            self._told("MOVE", uid, encode_folder(folder))
            return
        self._told("COPY", uid, encode_folder(folder))
        self._told("STORE", uid, "+FLAGS", r"(\Deleted)")

    def _can_move(self) -> bool:
        """Asked after sign-in: before it servers tell only a part of what they can do."""
        _status, answer = self.mailbox.client.capability()
        return b"MOVE" in b" ".join(each for each in answer if isinstance(each, bytes)).upper().split()

    def _told(self, command: str, *values: str | bytes) -> list[object]:
        status, answer = self.mailbox.client.uid(command, *values)  # type: ignore[arg-type]
        if status != "OK":
            raise imaplib.IMAP4.error(command)
        return list(answer)
