"""Long contents as segments of AES-256-GCM, the last one marked, so that a missing end shows."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from allonce.kernel.vault.errors import Tampered

SEGMENT = 64 * 1024
TAG = 16


class Sink(Protocol):
    """Something that takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take `data`."""


class SegmentWriter:
    """Encrypts what is written to it. The key must serve for this one content only: nonces are counted."""

    def __init__(self, key: bytes, sink: Sink) -> None:
        self.cipher = AESGCM(key)
        self.sink = sink
        self.number = 0
        self.held = bytearray()

    def write(self, data: bytes) -> int:
        """Take more content."""
        self.held += data
        # One segment stays back, since only the end tells which is the last.
        while len(self.held) > SEGMENT:
            self._emit(bytes(self.held[:SEGMENT]), last=False)
            del self.held[:SEGMENT]
        return len(data)

    def finish(self) -> None:
        """Write the last segment, marked as such. Without it nothing reads as whole."""
        self._emit(bytes(self.held), last=True)
        self.held.clear()

    def _emit(self, plain: bytes, *, last: bool) -> None:
        self.sink.write(self.cipher.encrypt(_nonce(self.number, last=last), plain, None))
        self.number += 1


def open_segments(key: bytes, file: BinaryIO, size: int) -> Iterator[bytes]:
    """The content of the next `size` bytes, segment by segment, each checked before it is given out.

    Raises Tampered; for a content cut short only after its last good segment.
    """
    cipher, left, number = AESGCM(key), size, 0
    while True:
        taken = min(left, SEGMENT + TAG)
        left -= taken
        try:
            yield cipher.decrypt(_nonce(number, last=left == 0), file.read(taken), None)
        except (InvalidTag, ValueError) as error:
            raise Tampered("a stored content was changed, cut short or moved") from error
        if not left:
            return
        number += 1


def open_segment(key: bytes, number: int, sealed: bytes, *, last: bool) -> bytes:
    """One segment alone, for readers that jump; `last` says whether it ends the content. Raises Tampered."""
    try:
        return AESGCM(key).decrypt(_nonce(number, last=last), sealed, None)
    except (InvalidTag, ValueError) as error:
        raise Tampered("a content was changed, cut short or moved") from error


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QxxxB", number, last)
