"""Putting an installation back from its two backups."""

import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from allonce.kernel import audit
from allonce.kernel.privacy.retention import replaying
from allonce.kernel.vault import SealedModel
from allonce.kernel.vault.errors import KeyDestroyed
from allonce.kernel.vault.rotation import encrypted_fields
from allonce.project.backup import engines
from allonce.project.backup.container import Unreadable, opened
from allonce.project.backup.making import DATABASE, FILES
from allonce.project.backup.manifest import Manifest, read_manifest


class CannotRestore(Exception):
    """The target is in use, or the two backups do not belong together."""


def restore(data: Path, keys: Path) -> None:
    """Fill this empty installation from a backup of data and one of keys, and check that it reads.

    What was erased since is erased again, as the ledger tells; nothing is served before.
    Raises CannotRestore, Unreadable or CannotBackUp before anything is written, or with what is wrong after;
    NotReplayed if the ledger is not the one this installation wrote.
    """
    manifests = read_manifest(data, "data"), read_manifest(keys, "keys")
    _refuse_mismatch(*manifests)
    _refuse_if_in_use()
    engines.put_back("keys", keys / DATABASE)
    engines.put_back("default", data / DATABASE)
    _unpack_files(data / FILES)
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    _check()
    replaying.replay()


def _refuse_mismatch(data: Manifest, keys: Manifest) -> None:
    if keys.moment < data.moment:
        raise CannotRestore(
            "This backup of the keys is older than the one of the data, so keys of later rows are missing. "
            "Take one made after the data's."
        )
    for manifest, alias in ((data, "default"), (keys, "keys")):
        if manifest.engine != engines.engine_of(alias):
            raise CannotRestore(
                f"This backup was made from {manifest.engine}; the installation runs on {engines.engine_of(alias)}."
            )


def _refuse_if_in_use() -> None:
    files = Path(settings.FILES_DIR)
    in_use = [alias for alias in ("default", "keys") if not engines.is_empty(alias)]
    if in_use or (files.is_dir() and any(files.iterdir())):
        raise CannotRestore(
            "Backups are restored into an empty installation only. Set ALLONCE_DATA_DIR (or the database "
            "addresses) to a new place; nothing was changed."
        )


def _unpack_files(source: Path) -> None:
    target = Path(settings.FILES_DIR)
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    reader: Any = _Reader(opened(source))
    with tarfile.open(fileobj=reader, mode="r|") as archive:
        archive.extractall(target, filter="data")


def _check() -> None:
    """Read one row of each kind and the whole audit record: a restore that cannot be read is none."""
    fault = audit.verify()
    if fault:
        raise Unreadable(f"the restored audit record is broken at entry {fault.number} ({fault.kind})")
    for model in apps.get_models():
        if issubclass(model, SealedModel):
            _read_one(model)


def _read_one(model: type[Any]) -> None:
    row = model._base_manager.first()
    try:
        for field in encrypted_fields(model) if row else ():
            getattr(row, field.attname)
    except KeyDestroyed:
        return  # a deletion after the data's backup: exactly what the newer keys are for


class _Reader:
    """The pieces of a decrypted file as the file that tarfile wants."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.held = b""

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        while len(self.held) < size and (piece := next(self.pieces, None)) is not None:
            self.held += piece
        taken, self.held = self.held[:size], self.held[size:]
        return taken
