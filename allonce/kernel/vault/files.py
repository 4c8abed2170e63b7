"""Encrypted files: segments of AES-256-GCM with a marked last one, bound to their owner and name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj, rmtree
from typing import BinaryIO
from uuid import UUID, uuid4

from django.conf import settings

from allonce.kernel.clock import now
from allonce.kernel.vault.crypto import KEY, key_id_of, keyed_digest, seal, unseal
from allonce.kernel.vault.errors import Tampered, VaultError
from allonce.kernel.vault.keyring import active_key, key_by_id
from allonce.kernel.vault.scope import Scope
from allonce.kernel.vault.segments import SEGMENT, TAG, SegmentWriter, open_segments

MAGIC = b"ALV1"
# magic, then a token that holds the file's own key
HEAD = len(MAGIC) + 1 + 16 + 12 + KEY + TAG


@dataclass(frozen=True)
class FileRef:
    """Where a file belongs; the same three values always find the same file."""

    scope: Scope
    owner_id: UUID
    name: str


class FileMissing(VaultError):
    """No file was saved under this reference."""


def save(scope: Scope, owner_id: UUID, name: str, data: bytes | BinaryIO) -> FileRef:
    """Encrypt and store `data`, replacing an earlier file of the same reference in one step."""
    ref = FileRef(scope, owner_id, name)
    path = path_of(ref)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = BytesIO(data) if isinstance(data, bytes) else data
    raw = os.urandom(KEY)
    with _replacing(path) as file:
        file.write(_head(scope, path.name, raw))
        sealer = SegmentWriter(raw, file)
        copyfileobj(source, sealer, SEGMENT)
        sealer.finish()
    return ref


def read(ref: FileRef) -> bytes:
    """The whole content. Raises FileMissing, Tampered or KeyDestroyed."""
    return b"".join(stream(ref))


def stream(ref: FileRef) -> Iterator[bytes]:
    """The content in pieces of at most 64 KiB, each checked before it is given out.

    Raises FileMissing, KeyDestroyed, or Tampered (a file cut short raises it after its last good piece).
    """
    yield from stream_stored(ref.scope, path_of(ref).name)


def stored(scope: Scope) -> list[str]:
    """Under which hashed names the scope's files lie; what they were called is known only to whoever saved them."""
    return sorted(path.name for path in _finished(scope))


def stream_stored(scope: Scope, stem: str) -> Iterator[bytes]:
    """The content of a file found by stored(). Raises as stream() does."""
    path = _folder(scope) / stem
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise FileMissing("no such file") from error
    with file:
        key = _file_key(scope, path.name, file.read(HEAD))
        yield from open_segments(key, file, os.fstat(file.fileno()).st_size - HEAD)


def delete(ref: FileRef) -> None:
    """Remove a file; it is fine if there is none."""
    path_of(ref).unlink(missing_ok=True)


def delete_scope(scope: Scope) -> None:
    """Remove all files of a scope."""
    rmtree(_folder(scope), ignore_errors=True)


def has_files(scope: Scope) -> bool:
    """Whether the scope owns any file."""
    return any(_finished(scope))


def rewrap_scope(scope: Scope) -> None:
    """Put every file's own key under the scope's active key; contents need no new encryption."""
    active = active_key(scope)
    for path in sorted(_finished(scope)):
        with path.open("rb") as file:
            head = file.read(HEAD)
            if key_id_of(head[len(MAGIC) :]) != active.id:
                raw = _file_key(scope, path.name, head)
                with _replacing(path) as renewed:
                    renewed.write(_head(scope, path.name, raw))
                    copyfileobj(file, renewed, SEGMENT)


def remove_drafts(older_than: timedelta) -> int:
    """Remove what interrupted writes left behind. Returns how many drafts went."""
    limit = (now() - older_than).timestamp()
    drafts = [path for path in Path(settings.FILES_DIR).rglob(".*.part") if path.stat().st_mtime < limit]
    for path in drafts:
        path.unlink(missing_ok=True)
    return len(drafts)


def path_of(ref: FileRef) -> Path:
    """Where the file lies. Names of files may be personal, so the path is a keyed hash."""
    stem = keyed_digest(active_key(ref.scope), "file", f"{ref.owner_id.hex}|{ref.name}")
    return _folder(ref.scope) / stem


def _finished(scope: Scope) -> Iterator[Path]:
    return (path for path in _folder(scope).glob("*") if not path.name.startswith("."))


def _folder(scope: Scope) -> Path:
    return Path(settings.FILES_DIR) / scope.kind / scope.id.hex


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A draft that takes the file's place in one step once it is whole and on the disk."""
    draft = path.with_name(f".{uuid4().hex}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _binding(scope: Scope, stem: str) -> bytes:
    return f"{scope}|file|{stem}".encode()


def _head(scope: Scope, stem: str, raw: bytes) -> bytes:
    return MAGIC + seal(active_key(scope), raw, _binding(scope, stem))


def _file_key(scope: Scope, stem: str, head: bytes) -> bytes:
    if len(head) < HEAD or not head.startswith(MAGIC):
        raise Tampered("not a file of this vault")
    token = head[len(MAGIC) :]
    return unseal(key_by_id(key_id_of(token)), token, _binding(scope, stem))
