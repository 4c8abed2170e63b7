"""Turns whatever a relay or the network threw into one outcome, without the words it threw.

A relay's text may quote the mail or the recipient, so only its codes are read.
"""

import smtplib
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from requests import exceptions as http

from allonce.kernel.post.message import RelayOutcome

# Enhanced status codes (RFC 3463, class.subject.detail) that say more than "refused".
ENHANCED_REASONS = {
    "1.1": "no_such_mailbox",
    "1.2": "no_such_mailbox",
    "1.3": "address_invalid",
    "1.10": "no_such_mailbox",
    "2.1": "no_such_mailbox",
    "2.2": "mailbox_full",
    "2.3": "too_large",
    "3.4": "too_large",
    "7.1": "blocked",
}
SMTP_REASONS = {552: "too_large", 553: "address_invalid", 554: "content_refused"}

UNCERTAIN = RelayOutcome("uncertain", "no_answer")
DOWN = RelayOutcome("retry", "relay_down")
MISCONFIGURED = RelayOutcome("retry", "relay_setup")

# Answers of a web relay that leave no doubt that the mail was not taken. 502 and 504 come from a gateway
# that gave up waiting and knows nothing.
HTTP_BUSY = frozenset({408, 425, 429, 500, 503})
HTTP_SETUP = frozenset({401, 402, 403, 404, 405})


def of_failure(error: Exception, *, handed_over: bool | None) -> RelayOutcome | None:
    """What `error` means for the mail, or None where it is no failure of a relay at all.

    `handed_over` is False where the whole mail certainly had not left, True where it had, None where unknown.
    """
    if isinstance(error, AnymailError):
        return _of_web_relay(error)
    if isinstance(error, smtplib.SMTPException):
        return _of_smtp(error, handed_over)
    if isinstance(error, OSError):
        return DOWN if handed_over is False else UNCERTAIN
    return None


def _of_smtp(error: smtplib.SMTPException, handed_over: bool | None) -> RelayOutcome:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _of_recipients(error.recipients)
    if isinstance(error, smtplib.SMTPDataError):
        return _of_code(error.smtp_code, error.smtp_error, "content_refused")
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _of_sender(error)
    if isinstance(error, (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError)):
        return MISCONFIGURED
    return DOWN if handed_over is False else UNCERTAIN


def _of_recipients(refused: Any) -> RelayOutcome:
    code, words = next(iter(dict(refused).values()))
    return _of_code(code, words, "recipient_refused")


def _of_sender(error: smtplib.SMTPSenderRefused) -> RelayOutcome:
    """The size is announced with the sender; any other refusal of our own address is a matter of set-up."""
    if error.smtp_code == 552:
        return RelayOutcome("refused", "too_large")
    return MISCONFIGURED if error.smtp_code >= 500 else RelayOutcome("retry", "relay_busy")


def _of_code(code: int, words: bytes | str, otherwise: str) -> RelayOutcome:
    if code < 500:
        return RelayOutcome("retry", "relay_busy")
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    enhanced = text.partition(" ")[0].removeprefix("5.")
    return RelayOutcome("refused", ENHANCED_REASONS.get(enhanced) or SMTP_REASONS.get(code, otherwise))


def _of_web_relay(error: AnymailError) -> RelayOutcome:
    if isinstance(error, AnymailRecipientsRefused):
        return RelayOutcome("refused", "recipient_refused")
    if isinstance(error, AnymailInvalidAddress):
        return RelayOutcome("refused", "address_invalid")
    if not isinstance(error, AnymailAPIError):
        return MISCONFIGURED
    if error.status_code is None:
        return _of_connection(error)
    return _of_status(int(error.status_code))


def _of_connection(error: Exception) -> RelayOutcome:
    """A connection that never came to be carried nothing; any other break may have come after the mail."""
    if isinstance(error, (http.ConnectTimeout, http.SSLError, http.ProxyError)):
        return DOWN
    return DOWN if "NewConnectionError" in _causes(error) else UNCERTAIN


def _causes(error: BaseException) -> str:
    """The names of the errors behind `error`; requests wraps urllib3's in arguments, not in causes."""
    names: list[str] = []
    todo: list[BaseException] = [error]
    while todo and len(names) < 20:
        one = todo.pop()
        names.append(type(one).__name__)
        inner = [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
        todo += [each for each in inner if isinstance(each, BaseException)]
    return " ".join(names)


def _of_status(status: int) -> RelayOutcome:
    if status in HTTP_BUSY:
        return RelayOutcome("retry", "relay_busy")
    if status in HTTP_SETUP:
        return MISCONFIGURED
    if status == 413:
        return RelayOutcome("refused", "too_large")
    if 400 <= status < 500:
        return RelayOutcome("refused", "content_refused")
    return UNCERTAIN
