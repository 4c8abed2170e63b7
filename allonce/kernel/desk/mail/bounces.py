"""What a mail server says about a mail of ours that did not arrive."""

import re
from collections.abc import Iterable, Sequence
from email.message import Message

from allonce.kernel.desk.mail.charsets import clean
from allonce.kernel.desk.mail.headers import decode_words, raw_value
from allonce.kernel.desk.mail.ids import first_id
from allonce.kernel.desk.mail.parts import Contents
from allonce.kernel.desk.mail.values import Bounce

# Reports of success are no bounces.
ARRIVED = frozenset({"delivered", "relayed", "expanded"})
ASKED_FOR_HELP = frozenset({"postmaster", "mailer-daemon", "abuse", "support", "help", "helpdesk", "admin"})
LONGEST_REASON = 500
READ_AT_MOST = 50_000

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255}\w")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_FAILING = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")
_ID_LINE = re.compile(r"^[ \t>]{0,8}Message-ID:[ \t]*(<[^<>\n]{1,500}>)", re.IGNORECASE | re.MULTILINE)
_WORD = re.compile(r"\w{2}")
_SPACES = re.compile(r"\s+")
_RETURNED = re.compile(
    r"^\W{0,10}(this is a copy of the message|(original|returned) message|below this line is a copy|"
    r"the header of the original message|received: |return-path: |-{3,} .{0,30}(original|returned|copy|header))",
    re.IGNORECASE | re.MULTILINE,
)
_DELAYED = re.compile(
    r"\b(delay(ed)?|will (keep|continue|be retried|retry)|not yet been delivered|warning: message)\b", re.IGNORECASE
)


def actions_of(reports: Iterable[Message]) -> set[str]:
    """What the machine-readable reports say was done with the mail."""
    said = (raw_value(block, "Action").split(";")[0].split("(")[0].strip().casefold() for block in reports)
    return {action for action in said if action}


def bounce_of(message: Message, contents: Contents, subject: str, text: str) -> Bounce:
    """From the machine-readable report where there is one, otherwise from the words."""
    failed = [block for block in contents.reports if _recipient_in(block) and not actions_of([block]) & ARRIVED]
    told = text[:READ_AT_MOST]
    if failed:
        return _from_report(failed, subject, told)
    return _from_words(message, contents, subject, told)


def returned_ids(contents: Contents, text: str) -> list[str]:
    """The ids of the mails of ours that a bounce brings back, as a part or in its words."""
    whole = (raw_value(inner, "Message-ID") for inner in contents.returned)
    ids = [first_id(each) for each in (*whole, *_ID_LINE.findall(text[:READ_AT_MOST])) if each]
    return list(dict.fromkeys(each for each in ids if each))


def _recipient_in(block: Message) -> str:
    """The address we wrote to, before anybody forwarded it."""
    for name in ("Original-Recipient", "Final-Recipient", "X-Actual-Recipient"):
        found = _EMAIL.search(raw_value(block, name).partition(";")[2] or raw_value(block, name))
        if found:
            return found[0]
    return ""


def _from_report(failed: Sequence[Message], subject: str, text: str) -> Bounce:
    block = next((each for each in failed if "failed" in actions_of([each])), failed[0])
    kind, semicolon, rest = raw_value(block, "Diagnostic-Code").partition(";")
    reason = _said(decode_words(rest if semicolon else kind))
    own = _STATUS.search(raw_value(block, "Status"))
    precise = _STATUS.search(reason)
    # Servers put 5.0.0 where they only pass on; the other server's own words know better.
    status = precise[1] if precise and (own is None or own[1].endswith(".0.0")) else own[1] if own else ""
    delayed = "delayed" in actions_of([block]) or (not actions_of([block]) and bool(_DELAYED.search(subject)))
    return Bounce(
        _recipient_in(block), status, reason or _reason_in(text), _is_permanent(status, reason, delayed=delayed)
    )


def _from_words(message: Message, contents: Contents, subject: str, text: str) -> Bounce:
    returned = _RETURNED.search(text)
    told = text[: returned.start()] if returned and returned.start() > 40 else text
    reason = _reason_in(told)
    status = _FAILING.search(told)
    delayed = bool(_DELAYED.search(subject) or (_DELAYED.search(told[:3000]) and not _CODE.search(reason)))
    recipient = _recipient_named(message, contents, told)
    said = status[1] if status else ""
    return Bounce(recipient, said, reason, _is_permanent(said, reason, delayed=delayed))


def _recipient_named(message: Message, contents: Contents, told: str) -> str:
    """Who the server says failed, else whom its words name beside itself and us, else whom we wrote to."""
    own = " ".join(raw_value(message, name) for name in ("From", "To", "Delivered-To")).casefold()
    failed = _EMAIL.findall(raw_value(message, "X-Failed-Recipients"))
    said = [each for each in _EMAIL.findall(told) if each.partition("@")[0].casefold() not in ASKED_FOR_HELP]
    others = [each for each in said if each.casefold() not in own]
    written_to = [found[0] for inner in contents.returned if (found := _EMAIL.search(raw_value(inner, "To")))]
    return next(iter((*failed, *others, *written_to, *said)), "")


def _reason_in(text: str) -> str:
    """The line in which the other server gives its code, or the first that says something."""
    lines = [line.strip() for line in text.split("\n") if _WORD.search(line)]
    coded = next((line for line in lines if _FAILING.search(line) or re.search(r"\b[45]\d\d[ -]", line)), "")
    return _said(coded or (lines[0] if lines else ""))


def _said(written: str) -> str:
    return _SPACES.sub(" ", clean(written)).strip()[:LONGEST_REASON]


def _is_permanent(status: str, reason: str, *, delayed: bool) -> bool:
    if delayed:
        return False
    if status:
        return status.startswith("5")
    code = _CODE.search(reason)
    # No code at all: a machine that gives a mail back has given up.
    return code is None or code[1].startswith("5")
