"""Consistent copies of a running database, and putting one back: SQLite's own backup, or pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connections

from allonce.kernel.accounts.tenancy import ACCOUNT_SETTING, EVERY_ACCOUNT
from allonce.kernel.vault.segments import SegmentWriter
from allonce.project.backup.container import open_into, opened

PIECE = 1024 * 1024


class CannotBackUp(Exception):
    """Something needed for this engine is missing, or the engine refused."""


def engine_of(alias: str) -> str:
    """ "sqlite" or "postgresql"."""
    return connections[alias].vendor


def copy_out(alias: str, target: SegmentWriter, scratch: Path) -> None:
    """Write a consistent copy of a database that may be in use. Raises CannotBackUp."""
    if engine_of(alias) == "postgresql":
        _dump(alias, target)
    else:
        _copy_sqlite(Path(connections[alias].settings_dict["NAME"]), target, scratch)


def put_back(alias: str, source: Path) -> None:
    """Fill an empty database from a copy. Raises CannotBackUp or Unreadable."""
    if engine_of(alias) == "postgresql":
        _undump(alias, source)
    else:
        _place_sqlite(Path(connections[alias].settings_dict["NAME"]), source)


def is_empty(alias: str) -> bool:
    """Whether a database holds no table."""
    connection = connections[alias]
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    connection.close()
    return not tables


def _copy_sqlite(path: Path, target: SegmentWriter, scratch: Path) -> None:
    if not path.is_file():
        raise CannotBackUp(f"there is no database at {path}: run `allonce migrate` or `allonce up` first")
    with TemporaryDirectory(dir=scratch, prefix=".copy-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as made:
            # In one step: copying page by page starts over whenever somebody writes.
            source.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
        with copy.open("rb") as file:
            shutil.copyfileobj(file, target, PIECE)


def _place_sqlite(path: Path, source: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        leftover.unlink(missing_ok=True)
    draft = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        open_into(source, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _dump(alias: str, target: SegmentWriter) -> None:
    # Row security binds the tables' owner too: pg_dump then wants to be told that this is known (see _environment).
    flags = ["--format=custom", "--no-owner", "--no-privileges", "--enable-row-security"]
    command = [_tool("pg_dump"), *flags, *_address(alias)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=_environment(alias)) as process:  # noqa: S603
        assert process.stdout
        shutil.copyfileobj(process.stdout, target, PIECE)
    if process.returncode:
        raise CannotBackUp(f"pg_dump of the {alias} database failed; see its message above")


def _undump(alias: str, source: Path) -> None:
    command = [_tool("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    address = _address(alias)
    with subprocess.Popen(  # noqa: S603
        [*command, *address], stdin=subprocess.PIPE, env=_environment(alias)
    ) as process:
        assert process.stdin
        for piece in opened(source):
            process.stdin.write(piece)
        process.stdin.close()
    if process.returncode:
        raise CannotBackUp(f"pg_restore of the {alias} database failed; see its message above")


def _tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise CannotBackUp(
            f"{name} is not installed. PostgreSQL databases are copied with PostgreSQL's own tools: "
            "install the client package of your server's version (postgresql-client)."
        )
    return found


def _address(alias: str) -> list[str]:
    given: dict[str, Any] = connections[alias].settings_dict
    parts = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"]}
    return [f"{name}={value}" for name, value in parts.items() if value] + [f"--dbname={given['NAME']}"]


def _environment(alias: str) -> dict[str, str]:
    # By environment, since a command's arguments can be seen by every user of the machine.
    return os.environ | {
        "PGSSLMODE": str(connections[alias].settings_dict["OPTIONS"].get("sslmode", "prefer")),
        "PGPASSWORD": str(connections[alias].settings_dict["PASSWORD"] or ""),
        "PGOPTIONS": f"{os.environ.get('PGOPTIONS', '')} -c {ACCOUNT_SETTING}={EVERY_ACCOUNT}".strip(),
    }
