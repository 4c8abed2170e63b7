"""Recognises a mail that came twice."""

import hashlib
import re

# What servers on the way add; two roads add different ones.
TRACES = (
    b"received",
    b"return-path",
    b"delivered-to",
    b"envelope-to",
    b"status",
    b"received-spf",
    b"authentication-results",
    b"arc-",
    b"x-",
)
_FIELD = re.compile(rb"[^\n]*(?:\n[ \t][^\n]*)*\n?")
_MBOX_LINE = re.compile(rb">?From [^\n]*\n")


def digest(raw: bytes) -> str:
    """SHA-256, in hexadecimal, of the mail without trace fields, with equal line ends."""
    plain = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    envelope = _MBOX_LINE.match(plain)
    head, gap, body = plain[envelope.end() if envelope else 0 :].partition(b"\n\n")
    hashed = hashlib.sha256()
    for field in _FIELD.finditer(head):
        if field[0] and not _is_trace(field[0]):
            hashed.update(field[0].rstrip(b"\n") + b"\n")
    hashed.update(gap + body.rstrip(b"\n"))
    return hashed.hexdigest()


def _is_trace(field: bytes) -> bool:
    name = field.partition(b":")[0].strip().lower()
    return any(name.startswith(trace) if trace.endswith(b"-") else name == trace for trace in TRACES)
