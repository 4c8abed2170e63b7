"""SMTP that knows how far it got: one line of text divides "not sent" from "may have been sent"."""

import smtplib
from typing import Any, cast

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class _Staged:
    """Notes when the whole mail, with its closing dot, has left for the relay."""

    handed_over = False
    _in_body = False

    def getreply(self) -> tuple[int, bytes]:
        code, words = super().getreply()  # type: ignore[misc]  # smtplib's, through the classes below
        self._in_body = code == 354
        return cast(int, code), cast(bytes, words)

    def send(self, data: Any) -> None:
        super().send(data)  # type: ignore[misc]
        if self._in_body:
            self.handed_over = True


class StagedSMTP(_Staged, smtplib.SMTP):
    """SMTP, also with STARTTLS."""


class StagedSMTPS(_Staged, smtplib.SMTP_SSL):
    """SMTP inside TLS from the first byte."""


class EmailBackend(DjangoBackend):
    """Django's SMTP backend; after a failure `handed_over` says whether the mail may have been taken."""

    handed_over = False

    @property
    def connection_class(self) -> Any:
        return StagedSMTPS if self.use_ssl else StagedSMTP

    def _send(self, email_message: Any) -> bool:
        connection = cast(StagedSMTP, self.connection)
        connection.handed_over = False
        try:
            return bool(super()._send(email_message))  # type: ignore[misc]
        finally:
            self.handed_over = connection.handed_over
