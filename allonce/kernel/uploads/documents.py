"""PDFs that would do something when they are opened are not taken. This reads names, it renders nothing.

Names may hide behind hexadecimal escapes or inside compressed streams, so both are undone first; what is encrypted
cannot be judged and is refused with the rest.
"""

import re
import zlib
from collections.abc import Iterator

from allonce.kernel.uploads.refusals import ActiveContent, Unreadable

# Names of PDF 32000 that run, start, fetch, hide or lock something.
ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|GoToR|AA|Encrypt)"
    rb"(?![A-Za-z0-9_.-])"
)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
MOST_UNPACKED = 64 * 1024 * 1024
MOST_STREAMS = 20_000


def refuse_active(data: bytes) -> None:
    """Raises ActiveContent, or Unreadable for a document that unpacks to far more than one ever does."""
    for part in _parts(data):
        if ACTIVE.search(ESCAPE.sub(_unescaped, part)):
            raise ActiveContent


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _parts(data: bytes) -> Iterator[bytes]:
    """The document's plain bytes, then whatever its compressed streams hold."""
    yield data
    left = MOST_UNPACKED
    for number, start in enumerate(STREAM.finditer(data)):
        if number >= MOST_STREAMS:
            raise Unreadable
        held = _inflated(data[start.end() :] if len(data) < 1024 else memoryview(data)[start.end() :], left)
        left -= len(held)
        if left <= 0:
            raise Unreadable
        yield held


def _inflated(packed: bytes | memoryview, most: int) -> bytes:
    """What the stream inflates to; nothing where it is no such stream."""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
