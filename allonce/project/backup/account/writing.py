"""Writing an account's backup: a zip of JSON lines, piece by piece, whatever the account's size."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.template.loader import render_to_string

from allonce.kernel.accounts.copies import readable_files
from allonce.kernel.accounts.models import Account, Invitation, Membership
from allonce.kernel.clock import now
from allonce.kernel.vault.sealed import prefetch_keys
from allonce.project.backup.account.sealed import PasswordWriter, Sink
from allonce.project.backup.account.snapshot import one_moment
from allonce.project.backup.account.tables import Table, referred_to, tables
from allonce.project.backup.account.values import encode

FORMAT = "allonce account backup"
VERSION = 1
MANIFEST = "manifest.json"
ROWS_AT_ONCE = 200


@dataclass
class Numbers:
    """Rows are known by their place in their table's file: primary keys mean nothing elsewhere."""

    wanted: set[str]
    known: dict[str, dict[Any, int]] = field(default_factory=dict)

    def count(self, label: str, pk: Any, number: int) -> None:
        """Remember a row that others may point to."""
        if label in self.wanted:
            self.known.setdefault(label, {})[pk] = number

    def of(self, label: str, pk: Any) -> int | None:
        """The number of a row, or None if it stays behind."""
        return self.known.get(label, {}).get(pk)


class Entries:
    """The zip's entries, each with its size and checksum for the manifest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.written: dict[str, dict[str, Any]] = {}

    def add(self, name: str, pieces: Iterator[bytes]) -> None:
        """Write one entry."""
        digest, size = hashlib.sha256(), 0
        moment = now().timetuple()[:6]
        about = zipfile.ZipInfo(name, date_time=moment)
        about.compress_type = zipfile.ZIP_DEFLATED
        with self.archive.open(about, "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
                digest.update(piece)
                size += len(piece)
        self.written[name] = {"bytes": size, "sha256": digest.hexdigest()}


def write_backup(account: Account, target: Sink, password: str = "") -> None:
    """Write the whole account to `target`, encrypted if a password is given."""
    sink = PasswordWriter(password, target) if password else target
    with one_moment(), zipfile.ZipFile(cast(io.BytesIO, _Unseekable(sink)), "w") as archive:
        entries = Entries(archive)
        _write_account(entries, account)
        rows = _write_tables(entries, account.id)
        for name, content in readable_files(account.id):
            entries.add(f"readable/{name}", iter([content]))
        entries.add(MANIFEST, iter([_manifest(account, rows, entries.written)]))
    if isinstance(sink, PasswordWriter):
        sink.finish()


def _write_account(entries: Entries, account: Account) -> None:
    entries.add("README.txt", iter([render_to_string("account_backup/readme.txt").encode()]))
    entries.add("account.json", iter([_json({"name": account.name, "email": account.email})]))
    entries.add("people.json", iter([_json(people_of(account))]))


def people_of(account: Account) -> list[dict[str, str]]:
    """Members, and colleagues who were asked to join, by address."""
    members = Membership.objects.filter(account=account).select_related("person")
    prefetch_keys([each.person for each in members])
    found = {each.person.email: each.role for each in members}
    for asked in Invitation.objects.filter(account=account, accepted_at=None, withdrawn_at=None):
        found.setdefault(asked.email, asked.role)
    return [{"email": email, "role": role} for email, role in sorted(found.items())]


def _write_tables(entries: Entries, account_id: UUID) -> dict[str, int]:
    numbers = Numbers(referred_to())
    counts: dict[str, int] = {}
    for table in tables():
        counts[table.label] = 0
        entries.add(f"tables/{table.label}.jsonl", _lines(table, account_id, numbers, counts))
    return counts


def _lines(table: Table, account_id: UUID, numbers: Numbers, counts: dict[str, int]) -> Iterator[bytes]:
    for number, row in enumerate(table.rows(account_id).iterator(ROWS_AT_ONCE), 1):
        numbers.count(table.label, row.pk, number)
        counts[table.label] = number
        yield _json({each.name: _value(each, row, numbers) for each in table.fields}) + b"\n"


def _value(its_field: Any, row: models.Model, numbers: Numbers) -> Any:
    if not isinstance(its_field, models.ForeignKey):
        return encode(its_field, row)
    other: Any = its_field.related_model
    return numbers.of(other._meta.label, getattr(row, its_field.attname))


def _manifest(account: Account, rows: dict[str, int], written: dict[str, Any]) -> bytes:
    about = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now().isoformat(),
        "account_id": str(account.id),
        "rows": rows,
        "entries": written,
    }
    return json.dumps(about, indent=1, ensure_ascii=False).encode() + b"\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class _Unseekable:
    """A sink as the file that zipfile writes to without ever going back."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    def write(self, data: bytes) -> int:
        """Hand on."""
        self.sink.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""
