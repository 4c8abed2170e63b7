"""The three questions that every reader's return asks, as prepared statements: thousands may return at once."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from allonce.kernel.messaging.models import Entry, ReadMark, Stream
from allonce.kernel.vault.fields import Sealed

_NAMES = [field.attname for field in Entry._meta.concrete_fields]
_STREAM = f"SELECT kind, account_id, head FROM {Stream._meta.db_table} WHERE id = %s"  # noqa: S608 names of ours
_MARKS = f"SELECT seat, up_to FROM {ReadMark._meta.db_table} WHERE stream_id = %s"  # noqa: S608 names of ours
_ENTRIES = (
    f"SELECT id, seq, sender, cid, kind, audience, body, at FROM {Entry._meta.db_table} "  # noqa: S608 names of ours
    "WHERE stream_id = %s AND seq > %s ORDER BY seq LIMIT %s"
)


def stream_row(stream_id: UUID) -> tuple[str, UUID, int] | None:
    """The stream's kind, account and head."""
    rows = _asked(_STREAM, [_key(stream_id)])
    return (rows[0][0], _uuid(rows[0][1]), rows[0][2]) if rows else None


def marks(stream_id: UUID) -> dict[str, int]:
    """How far each seat has read."""
    return dict(_asked(_MARKS, [_key(stream_id)]))


def entries(stream_id: UUID, account_id: UUID, after: int, most: int) -> list[Entry]:
    """Entries behind a number, in order."""
    return [_entry(stream_id, account_id, row) for row in _asked(_ENTRIES, [_key(stream_id), after, most])]


def _entry(stream_id: UUID, account_id: UUID, row: Any) -> Entry:
    entry_id, seq, sender, cid, kind, audience, body, at = row
    values = {
        "id": _uuid(entry_id),
        "stream_id": stream_id,
        "account_id": account_id,
        "seq": seq,
        "sender": sender,
        "cid": _uuid(cid),
        "kind": kind,
        "audience": audience,
        "body": None if body is None else Sealed(bytes(body)),
        "at": _moment(at),
    }
    return Entry.from_db(DEFAULT_DB_ALIAS, _NAMES, [values[name] for name in _NAMES])


def _asked(statement: str, values: list[Any]) -> list[Any]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _key(value: UUID) -> Any:
    return value if connections[DEFAULT_DB_ALIAS].features.has_native_uuid_field else value.hex


def _uuid(value: Any) -> UUID:
    """SQLite keeps an id as 32 letters."""
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: Any) -> datetime:
    """SQLite keeps a time as text, in UTC."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
