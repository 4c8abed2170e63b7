"""Content as it was before it was encoded for transport, also where the encoding is broken or lies."""

import binascii
import re
from email.message import Message

from allonce.kernel.desk.mail.headers import raw_value

PLAIN = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "plain", "none", "7bits", "8bits", "utf-8"})
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_SPACES = re.compile(rb"\s+")
MOST_PADDINGS = 1_000_000
# More foreign letters than this and it is no base64 at all.
MOST_FOREIGN = 0.05


def content_of(part: Message) -> tuple[bytes, str]:
    """The decoded content of a part without parts, and the code of what was wrong with its encoding."""
    encoding = re.split(r"[\s;(]", raw_value(part, "Content-Transfer-Encoding").casefold().strip("\"' "))[0]
    written = _as_written(part)
    if encoding in ("base64", "b"):
        return _base64(written)
    if encoding in ("quoted-printable", "quoted_printable", "qp"):
        return binascii.a2b_qp(written), ""
    if encoding in ("uuencode", "x-uuencode", "uue", "x-uue"):
        return _uuencoded(written)
    return written, "" if encoding in PLAIN else "transfer_encoding_unknown"


def _as_written(part: Message) -> bytes:
    # Without the field the library hands out the bytes as they came, which is all we want of it.
    kept = part.get("Content-Transfer-Encoding")
    del part["Content-Transfer-Encoding"]
    written = part.get_payload(decode=True)
    if kept is not None:
        part["Content-Transfer-Encoding"] = str(kept)
    return written if isinstance(written, bytes) else b""


def _base64(written: bytes) -> tuple[bytes, str]:
    packed = _SPACES.sub(b"", written)
    if packed.count(b"=") > MOST_PADDINGS:
        return written, "transfer_encoding_wrong"
    chunks = [_NO_BASE64.sub(b"", chunk) for chunk in packed.split(b"=")]
    foreign = len(packed.replace(b"=", b"")) - sum(map(len, chunks))
    if foreign > MOST_FOREIGN * len(packed):
        return written, "transfer_encoding_wrong"
    cut = any(len(chunk) % 4 == 1 for chunk in chunks)
    return b"".join(_unpacked(chunk) for chunk in chunks), "transfer_encoding_broken" if cut or foreign else ""


def _unpacked(letters: bytes) -> bytes:
    """Each padding ends a run of its own: some writers encode piece by piece."""
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _uuencoded(written: bytes) -> tuple[bytes, str]:
    lines = iter(written.splitlines())
    if not any(line.startswith(b"begin ") for line in lines):
        return written, "transfer_encoding_wrong"
    content: list[bytes] = []
    for line in lines:
        if line.strip() in (b"end", b"`", b""):
            break
        try:
            content.append(binascii.a2b_uu(line))
        except binascii.Error:
            return b"".join(content), "transfer_encoding_broken"
    return b"".join(content), ""
