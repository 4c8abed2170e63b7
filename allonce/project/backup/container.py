"""A backup's files: encrypted under the installation's root key, each with a key of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from allonce.kernel.vault.errors import Tampered
from allonce.kernel.vault.segments import SegmentWriter, open_segments

MAGIC = b"ALB1"
SALT = 32
HEAD = len(MAGIC) + SALT


class Unreadable(Exception):
    """A backup's file is damaged, or was made under another root key."""


@contextmanager
def sealed_file(path: Path) -> Iterator[SegmentWriter]:
    """A new encrypted file; it is whole only once the block has ended without an error."""
    salt = os.urandom(SALT)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(MAGIC + salt)
        sealer = SegmentWriter(derived_key(salt), file)
        yield sealer
        sealer.finish()
        file.flush()
        os.fsync(file.fileno())


def opened(path: Path) -> Iterator[bytes]:
    """The plain content of an encrypted file, piece by piece. Raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if len(head) < HEAD or not head.startswith(MAGIC):
            raise Unreadable(f"{path.name} is not part of a backup")
        try:
            yield from open_segments(derived_key(head[len(MAGIC) :]), file, path.stat().st_size - HEAD)
        except Tampered as error:
            raise Unreadable(f"{path.name} is damaged, or made under another root key") from error


def open_into(path: Path, target: BinaryIO) -> None:
    """Decrypt a file into `target`. Raises Unreadable."""
    for piece in opened(path):
        target.write(piece)


def derived_key(salt: bytes) -> bytes:
    """The key of one file, from the root secret."""
    kdf = HKDF(SHA256(), 32, salt=salt, info=b"allonce backup 1")
    return kdf.derive(settings.VAULT_ROOT_KEY.encode())


def checksum(path: Path) -> str:
    """SHA-256 of a file as it lies there."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()
