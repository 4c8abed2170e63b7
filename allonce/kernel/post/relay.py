"""Sends what must never be stored: from memory to the configured relay, and nothing kept of it."""

import hashlib
import hmac
from contextlib import suppress
from email.utils import formataddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from allonce.kernel.post.connectors import mail_connector
from allonce.kernel.post.message import RelayMail, RelayOutcome
from allonce.kernel.post.ports import ProcessorNotAllowed, processor_gate
from allonce.kernel.post.verdicts import DOWN, UNCERTAIN, of_failure

# Web relays that promise to take one key only once, and where the key goes: an HTTP header, or a field of the
# message. (Resend's and Unisender Go's API references.)
KEY_HEADERS = {"Resend": "Idempotency-Key"}
KEY_FIELDS = {"Unisender Go": "idempotence_key"}


def message_id_for(*parts: str) -> str:
    """A Message-ID that the same parts always give, and that tells nobody what the parts were."""
    secret = hmac.new(settings.SECRET_KEY.encode(), b"post.message_id", hashlib.sha256).digest()
    digest = hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()
    return f"<{digest[:40]}@{settings.MAIL_DOMAIN}>"


def knows_keys() -> bool:
    """True where sending the same mail with the same idempotency key again is harmless."""
    esp = getattr(get_connection(), "esp_name", "")
    return esp in KEY_HEADERS or esp in KEY_FIELDS


def relay_now(mail: RelayMail, account_id: UUID | None = None) -> RelayOutcome:
    """Hand one mail to the relay and wait for its answer; see `Relay`."""
    with Relay(account_id) as relay:
        return relay.hand_over(mail)


class Relay:
    """The configured relay, connected with the first mail and kept for the next ones.

    Nothing of a mail touches a disk, a table or a log. `account_id` is whose data the mails are, where they are an
    account's: it may have agreed to other regions than the installation.
    """

    def __init__(self, account_id: UUID | None = None) -> None:
        self._account_id = account_id
        self._connection: Any = None

    def __enter__(self) -> "Relay":
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def hand_over(self, mail: RelayMail) -> RelayOutcome:
        """Give `mail` to the relay and wait for its answer.

        Raises whatever is wrong with the mail itself (a header with a line break, say); a relay's failure is
        an outcome, never an exception. A relay that no assessed processor stands behind gets nothing: "retry".
        """
        try:
            processor_gate().may_use(mail_connector(), self._account_id)
        except ProcessorNotAllowed:
            return RelayOutcome("retry", "relay_setup")
        reused = self._connection is not None
        outcome = self._try(mail)
        if reused and outcome == DOWN:
            # The relay may have hung up between two mails; this one certainly did not leave.
            outcome = self._try(mail)
        return outcome

    def _try(self, mail: RelayMail) -> RelayOutcome:
        connection: Any = self._connection or get_connection()
        self._connection = connection
        message = _compose(mail, connection)
        connection.handed_over = False if hasattr(connection, "handed_over") else None
        try:
            connection.open()
            _mark(connection, mail)
            connection.send_messages([message])
        except Exception as error:  # every backend throws its own; strangers go on below
            handed_over: bool | None = connection.handed_over
            self._close()
            outcome = of_failure(error, handed_over=handed_over)
            if outcome is None:
                raise
            return _kinder(outcome)
        return _accepted(message, mail)

    def _close(self) -> None:
        """Say goodbye; whatever goes wrong after the relay's answer changes nothing about the mail."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.close()


def _compose(mail: RelayMail, connection: Any) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=formataddr((mail.from_name or settings.OPERATOR_NAME, settings.DEFAULT_FROM_EMAIL)),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"} | dict(mail.headers),
        connection=connection,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments:
        message.attach(attachment.name, attachment.content, attachment.kind)
    field = KEY_FIELDS.get(getattr(connection, "esp_name", ""))
    if field and mail.idempotency_key:
        message.esp_extra = {field: mail.idempotency_key}  # type: ignore[attr-defined]  # anymail reads it
    return message


def _mark(connection: Any, mail: RelayMail) -> None:
    """Give the idempotency key to the relays that know one."""
    esp = getattr(connection, "esp_name", "")
    if mail.idempotency_key and esp in KEY_HEADERS:
        connection.session.headers[KEY_HEADERS[esp]] = mail.idempotency_key


def _kinder(outcome: RelayOutcome) -> RelayOutcome:
    """Where a key makes repetition harmless, doubt is only a reason to try again."""
    return RelayOutcome("retry", outcome.detail) if outcome == UNCERTAIN and knows_keys() else outcome


def _accepted(message: Any, mail: RelayMail) -> RelayOutcome:
    status = getattr(message, "anymail_status", None)
    relay_id = str(getattr(status, "message_id", None) or "")
    return RelayOutcome("accepted", relay_id="" if relay_id == mail.message_id else relay_id)
