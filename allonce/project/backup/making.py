"""Making backups of a running installation."""

import fcntl
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

from allonce.kernel.clock import now
from allonce.project.backup import engines
from allonce.project.backup.container import Unreadable, checksum, sealed_file
from allonce.project.backup.manifest import Manifest, read_manifest, write_manifest

DATABASE = "database.sealed"
FILES = "files.sealed"
LOCK = ".being-made"
# Destroyed keys live on in older copies of the keys, so none is kept longer than this (promise PRIV-60-DAYS).
KEYS_KEPT = timedelta(days=7)


def back_up_data(target: Path) -> Path:
    """Copy the main database and the files into a new folder under `target`.

    Make the backup of the keys after this one: it then holds the key of every row copied here.
    """
    with _new_folder(target, "data") as folder:
        with sealed_file(folder / DATABASE) as sealed:
            engines.copy_out("default", sealed, folder)
        with sealed_file(folder / FILES) as sealed:
            _pack_files(sealed)
        _complete(folder, "data", [DATABASE, FILES])
    return _finished(folder)


def back_up_keys(target: Path) -> Path:
    """Copy the keys database into a new folder under `target`, which should lie on other storage than the data's."""
    with _new_folder(target, "keys") as folder:
        with sealed_file(folder / DATABASE) as sealed:
            engines.copy_out("keys", sealed, folder)
        _complete(folder, "keys", [DATABASE])
    return _finished(folder)


def prune_keys(target: Path) -> int:
    """Remove backups of the keys that are older than seven days. Returns how many went."""
    old = [folder for folder in target.glob("keys-*") if _is_old(folder)]
    for folder in old:
        shutil.rmtree(folder)
    return len(old)


def _is_old(folder: Path) -> bool:
    try:
        return read_manifest(folder, "keys").moment < now() - KEYS_KEPT
    except Unreadable:
        return False


def _pack_files(target: Any) -> None:
    with tarfile.open(fileobj=target, mode="w|") as archive:
        for path in _stored_files():
            # Files are replaced whole and may vanish, so each is described by the very one that is read.
            with suppress(FileNotFoundError), path.open("rb") as file:
                name = str(path.relative_to(settings.FILES_DIR))
                archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), file)


def _stored_files() -> Iterator[Path]:
    root = Path(settings.FILES_DIR)
    return (path for path in sorted(root.rglob("*")) if path.is_file() and not path.name.startswith("."))


@contextmanager
def _new_folder(target: Path, kind: str) -> Iterator[Path]:
    """A draft folder that vanishes if anything fails, so that half a backup is never taken for a whole one.

    What a killed backup left behind is cleared away first: a copy of a database that went on changing cannot be
    continued, only begun anew.
    """
    clear_leftovers(target)
    folder = target / f".{kind}-{now():%Y%m%dT%H%M%S%fZ}.part"
    folder.mkdir(parents=True, mode=0o700)
    try:
        with (folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
            (folder / LOCK).unlink()
        folder.rename(_finished(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_leftovers(target: Path) -> int:
    """Remove drafts of backups whose process is gone; those of running ones are locked. Returns how many went."""
    drafts = [folder for folder in target.glob(".*.part") if folder.is_dir() and not _is_being_made(folder)]
    for folder in drafts:
        shutil.rmtree(folder, ignore_errors=True)
    return len(drafts)


def _is_being_made(folder: Path) -> bool:
    try:
        with (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _finished(folder: Path) -> Path:
    return folder.with_name(folder.name.removeprefix(".").removesuffix(".part"))


def _complete(folder: Path, kind: Literal["data", "keys"], names: list[str]) -> None:
    alias = "keys" if kind == "keys" else "default"
    files = {name: checksum(folder / name) for name in names}
    write_manifest(folder, Manifest(kind, now().isoformat(), engines.engine_of(alias), files))
