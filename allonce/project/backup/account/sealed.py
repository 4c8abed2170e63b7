"""Contents encrypted in segments that can be read from any place: with a password, or for this process alone."""

import io
import os
import struct
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from allonce.kernel.vault.errors import Tampered
from allonce.kernel.vault.segments import SEGMENT, TAG, SegmentWriter, open_segment

MAGIC = b"ALA1"
# Costs of scrypt as powers of two: 64 MiB of memory for each try at a password. Files ask for no more than the most.
LOG_N, R, P = 16, 8, 1
MOST_LOG_N = 18
HEAD = struct.Struct(">4sBBB16s")


class Sink(Protocol):
    """Something that takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take `data`."""


class WrongPassword(Exception):
    """The password is not the one, or the file was changed; nobody can tell which."""


class PasswordWriter(SegmentWriter):
    """Encrypts what is written to it with a password. Call finish() at the end, else nothing reads as whole."""

    def __init__(self, password: str, sink: Sink) -> None:
        salt = os.urandom(16)
        sink.write(HEAD.pack(MAGIC, LOG_N, R, P, salt))
        super().__init__(_key(password, salt, LOG_N, R, P), sink)


class SegmentReader(io.RawIOBase):
    """An encrypted content as a file: any part can be read, and each segment is checked before it is given out."""

    def __init__(self, key: bytes, file: BinaryIO, start: int = 0) -> None:
        super().__init__()
        self.key, self.file, self.start, self.place = key, file, start, 0
        sealed = file.seek(0, os.SEEK_END) - start
        self.segments = max(1, -(-sealed // (SEGMENT + TAG)))
        self.size = sealed - self.segments * TAG
        if self.size < 0:
            raise Tampered("a content was cut short")
        self.held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        before = {os.SEEK_SET: 0, os.SEEK_CUR: self.place, os.SEEK_END: self.size}[whence]
        self.place = max(0, before + offset)
        return self.place

    def tell(self) -> int:
        return self.place

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from at most one segment. Raises Tampered."""
        if self.place >= self.size:
            return 0
        number, inside = divmod(self.place, SEGMENT)
        piece = self._segment(number)[inside : inside + len(buffer)]
        buffer[: len(piece)] = piece
        self.place += len(piece)
        return len(piece)

    def _segment(self, number: int) -> bytes:
        if self.held[0] != number:
            self.file.seek(self.start + number * (SEGMENT + TAG))
            sealed = self.file.read(SEGMENT + TAG)
            self.held = (number, open_segment(self.key, number, sealed, last=number == self.segments - 1))
        return self.held[1]


class Spool:
    """A content on its way out: on the disk, without a name, under a key that dies with this process."""

    def __init__(self) -> None:
        self.key = os.urandom(32)
        self.file = TemporaryFile(dir=settings.DATA_DIR)  # noqa: SIM115 (closed by its reader)
        self.writer = SegmentWriter(self.key, self.file)

    def write(self, data: bytes) -> int:
        """Take more content."""
        return self.writer.write(data)

    def reader(self) -> "SpoolReader":
        """The whole content, once; nothing can be added any more."""
        self.writer.finish()
        return SpoolReader(self.key, self.file)


class SpoolReader(SegmentReader):
    """Reads a spool; closing it removes the content."""

    def close(self) -> None:
        self.file.close()
        super().close()


def is_locked(file: BinaryIO) -> bool:
    """Whether a file was encrypted with a password."""
    file.seek(0)
    return file.read(len(MAGIC)) == MAGIC


def unlocked(file: BinaryIO, password: str) -> SegmentReader:
    """The content of a file that was encrypted with a password. Raises WrongPassword."""
    file.seek(0)
    head = file.read(HEAD.size)
    try:
        _magic, log_n, r, p, salt = HEAD.unpack(head)
        if log_n > MOST_LOG_N or r != R or p != P:
            raise WrongPassword
        reader = SegmentReader(_key(password, salt, log_n, r, p), file, HEAD.size)
        reader.seek(max(0, reader.size - 1))
        reader.read(1)  # the last segment: proves the password, and that no end is missing
    except (struct.error, Tampered, InvalidTag) as error:
        raise WrongPassword from error
    reader.seek(0)
    return reader


def _key(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**log_n, r=r, p=p).derive(password.encode())
