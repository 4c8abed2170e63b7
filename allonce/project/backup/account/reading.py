"""Opening an account's backup and looking at all of it before a single row is written."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError
from allonce.kernel.vault.errors import Tampered
from allonce.project.backup.account.sealed import WrongPassword, is_locked, unlocked
from allonce.project.backup.account.tables import tables
from allonce.project.backup.account.writing import FORMAT, MANIFEST, VERSION

LONGEST_LINE = 64 * 1024 * 1024
MOST_MANIFEST = 4 * 1024 * 1024
PIECE = 256 * 1024
NEEDED = ("account.json", "people.json")


class NotABackup(UserError):
    """The file is no backup of an account, or was damaged, cut short or changed; nothing was restored."""

    code = "not_a_backup"
    status = 422
    message = gettext_lazy("This is no whole backup of an account. Nothing was changed.")


class PasswordNeeded(UserError):
    """The file is encrypted, and the password was not given or does not open it."""

    code = "password_needed"
    status = 422


@dataclass
class Opened:
    """A checked backup: every entry is there, whole, and of a kind that this version knows."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]

    @property
    def account_id(self) -> UUID:
        """The id that the account had when it was copied."""
        return UUID(self.manifest["account_id"])

    def facts(self, name: str) -> Any:
        """The content of a small JSON entry."""
        return json.loads(self.archive.read(name))

    def lines(self, label: str) -> Iterator[dict[str, Any]]:
        """The rows of one table; none where the backup is older than the table."""
        name = f"tables/{label}.jsonl"
        if name not in self.manifest["entries"]:
            return
        with self.archive.open(name) as entry:
            while line := entry.readline(LONGEST_LINE):
                yield _row(line)


def open_backup(file: BinaryIO, password: str = "", most_bytes: int = 0) -> Opened:
    """Check a backup from its first byte to its last. Raises NotABackup or PasswordNeeded.

    `most_bytes` limits what the entries may hold when unpacked; 0 is no limit.
    """
    plain = _plain(file, password)
    try:
        archive = zipfile.ZipFile(plain)
        manifest = _manifest(archive)
        _check_names(archive, manifest)
        _check_entries(archive, manifest, most_bytes)
    except (zipfile.BadZipFile, zlib.error, Tampered, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotABackup from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotABackup from error
    return Opened(archive, manifest)


def _plain(file: BinaryIO, password: str) -> IO[bytes]:
    if not is_locked(file):
        file.seek(0)
        return file
    if not password:
        message = _("This backup is encrypted. Give the password that was chosen for it.")
        raise PasswordNeeded(message, fields={"file_password": message})
    try:
        return cast(IO[bytes], unlocked(file, password))
    except WrongPassword as error:
        message = _("This password does not open the backup, or the file was changed or cut short.")
        raise PasswordNeeded(message, fields={"file_password": message}) from error


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise NotABackup
    found = json.loads(archive.read(MANIFEST))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotABackup
    if found.get("version") != VERSION:
        raise NotABackup(_("This backup was made by another version that writes a newer format. Nothing was changed."))
    UUID(found["account_id"])
    return found


def _check_names(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    names = [each.filename for each in archive.infolist()]
    listed = {*manifest["entries"], MANIFEST}
    if len(names) != len(set(names)) or set(names) != listed or not set(NEEDED) <= listed:
        raise NotABackup
    known = {f"tables/{table.label}.jsonl" for table in tables()}
    unknown = {name for name in names if name.startswith("tables/")} - known
    if unknown:
        raise NotABackup(_("This backup holds tables that this installation does not know. Nothing was changed."))


def _check_entries(archive: zipfile.ZipFile, manifest: dict[str, Any], most_bytes: int) -> None:
    left = most_bytes or None
    for name, said in manifest["entries"].items():
        size, digest = 0, hashlib.sha256()
        with archive.open(name) as entry:
            while piece := entry.read(PIECE):
                size += len(piece)
                digest.update(piece)
                if left is not None and size > left:
                    raise NotABackup(_("This backup is too large for this page. Its Operator can restore it."))
        if size != said["bytes"] or digest.hexdigest() != said["sha256"]:
            raise NotABackup
        left = None if left is None else left - size


def _row(line: bytes) -> dict[str, Any]:
    row = json.loads(line)
    if not line.endswith(b"\n") or not isinstance(row, dict):
        raise NotABackup
    return row
