"""Backups in memory: taken, taken apart, changed and put together again with right checksums."""

import hashlib
import io
import json
import zipfile
from typing import Any

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Account
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import Actor
from allonce.project.backup.account.writing import MANIFEST, write_backup

Entries = dict[str, bytes]


def owner_access(who: Inhabitant) -> AccountAccess:
    return AccountAccess(who.account, who.person, Role.OWNER, Actor(kind="person", id=who.person.id))


def taken(account: Account, password: str = "") -> io.BytesIO:
    file = io.BytesIO()
    write_backup(account, file, password)
    file.seek(0)
    return file


def entries_of(file: io.BytesIO) -> Entries:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def content_of(file: io.BytesIO) -> Entries:
    """What two backups of the same content share: all but the moment, and copies for other programs."""
    found = entries_of(file)
    manifest = json.loads(found.pop(MANIFEST))
    found["rows"] = json.dumps(manifest["rows"]).encode()
    return {name: body for name, body in found.items() if not name.startswith("readable/")}


def forged(file: io.BytesIO, changes: dict[str, Any]) -> io.BytesIO:
    """The backup with other entries (None takes one away) and a manifest that fits: what an attacker would send."""
    found = entries_of(file) | changes
    manifest = json.loads(found.pop(MANIFEST)) | found.pop("manifest", {})
    bodies = {name: body for name, body in found.items() if body is not None}
    manifest["entries"] = {
        name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()} for name, body in bodies.items()
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**bodies, MANIFEST: json.dumps(manifest).encode()}.items():
            archive.writestr(name, body)
    made.seek(0)
    return made


def with_row(file: io.BytesIO, table: str, **fields: Any) -> io.BytesIO:
    """The backup with its table's first row changed."""
    name = f"tables/{table}.jsonl"
    first, *others = entries_of(file)[name].splitlines(keepends=True)
    row = json.loads(first) | fields
    return forged(file, {name: json.dumps(row).encode() + b"\n" + b"".join(others)})
