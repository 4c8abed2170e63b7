"""Mends the head of a mail, where the library would give up and read the rest of it as text."""

import re

_END = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:")
_KNOWN = re.compile(
    rb"^(from|to|cc|subject|date|message-id|received|return-path|delivered-to|mime-version|content-type|in-reply-to|"
    rb"references|reply-to)[ \t]*:",
    re.IGNORECASE,
)


def head_length(raw: bytes) -> int:
    """Where the head ends: at the first empty line."""
    end = _END.search(raw)
    return end.start() if end else len(raw)


def mended(raw: bytes) -> tuple[bytes, bool]:
    """`raw` without lines in its head that are no field, if fields follow; and whether there were any.

    White space before a colon goes too: RFC 822 allowed it.
    """
    length = head_length(raw)
    lines = raw[:length].splitlines(keepends=True)
    if not lines or not _FIELD.match(lines[0]):
        return raw, False
    last = max((at for at, line in enumerate(lines) if _KNOWN.match(line)), default=0)
    kept = [line for at, line in enumerate(lines) if at > last or line[:1] in b" \t" or _FIELD.match(line)]
    head = b"".join(_FIELD.sub(rb"\1:", line) for line in kept)
    return head + raw[length:], len(kept) < len(lines)
