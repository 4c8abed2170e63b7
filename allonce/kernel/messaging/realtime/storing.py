"""Many entries into the database with one prepared statement: what bulk_create does, at a third of its cost.

The body goes through the vault's own field, so that what is stored is the same to the byte's form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from allonce.kernel.messaging.models import Entry, Stream
from allonce.kernel.messaging.ports import Draft

COLUMNS = [str(field.column) for field in Entry._meta.concrete_fields]
NAMES = [field.attname for field in Entry._meta.concrete_fields]
_UUIDS = {"id", "stream_id", "account_id", "cid"}
_BODY = Entry._meta.get_field("body")
_AT = Entry._meta.get_field("at")


@dataclass(slots=True)
class Head:
    """Where a stream stands within this transaction."""

    id: UUID
    kind: str
    account_id: UUID
    head: int
    closed: bool


def heads_for_update(stream_ids: Iterable[UUID]) -> dict[UUID, Head]:
    """The streams of these that there are, locked in one order, so that no two writers wait for each other."""
    rows = Stream.objects.select_for_update().filter(id__in=list(stream_ids)).order_by("id")
    found = rows.values_list("id", "kind", "account_id", "head", "closed_at")
    return {row[0]: Head(row[0], row[1], row[2], row[3], row[4] is not None) for row in found}


def made(entry_id: UUID, stream: Head, sender: str, draft: Draft, at: datetime) -> Entry:
    """The stream's next entry, past a model's slow __init__ and its defaults."""
    values = {
        "id": entry_id,
        "stream_id": stream.id,
        "account_id": stream.account_id,
        "seq": stream.head,
        "sender": sender,
        "cid": draft.cid,
        "kind": draft.kind,
        "audience": draft.audience,
        "body": draft.body,
        "at": at,
    }
    return Entry.from_db(DEFAULT_DB_ALIAS, NAMES, [values[name] for name in NAMES])


def insert(entries: Sequence[Entry]) -> None:
    """Insert them all in the caller's transaction. Raises IntegrityError."""
    # Looked up once: the usual proxy asks again at every touch.
    connection = connections[DEFAULT_DB_ALIAS]
    moments = {entry.at: _AT.get_db_prep_value(entry.at, connection) for entry in entries}
    table, columns = Entry._meta.db_table, ", ".join(COLUMNS)
    values = ", ".join(["%s"] * len(COLUMNS))
    with connection.cursor() as cursor:
        rows = [_row(entry, moments, connection) for entry in entries]
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)  # noqa: S608 names of ours


def move(heads: dict[UUID, int], moment: datetime) -> None:
    """Raise the heads of many streams."""
    connection = connections[DEFAULT_DB_ALIAS]
    native = connection.features.has_native_uuid_field
    at = _AT.get_db_prep_value(moment, connection)
    rows = [(head, at, stream_id if native else stream_id.hex) for stream_id, head in heads.items()]
    table = Stream._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET head = %s, moved_at = %s WHERE id = %s", rows)  # noqa: S608 our table


def _row(entry: Entry, moments: dict[datetime, Any], connection: Any) -> list[Any]:
    stored = entry.__dict__
    native = connection.features.has_native_uuid_field
    row = [stored[name].hex if name in _UUIDS and not native else stored[name] for name in NAMES]
    row[_AT_INDEX] = moments[entry.at]
    row[_BODY_INDEX] = _BODY.get_db_prep_value(_BODY.pre_save(entry, True), connection)
    return row


_AT_INDEX, _BODY_INDEX = NAMES.index("at"), NAMES.index("body")
