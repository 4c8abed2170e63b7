"""The rows of one account: their ids, to try at each address, and a picture of them, to see that nothing changed."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models

from allonce.kernel.accounts.models import Account, Person

Row = models.Model
# Where an address names a column by another word.
COLUMNS = {"digest": "hash"}


def rows_of(account: Account) -> list[Row]:
    """Every row that belongs to the account, directly or through rows that do."""
    found: dict[tuple[str, Any], Row] = {(account._meta.label, account.pk): account}
    for person in Person.objects.filter(memberships__account=account):
        found[(person._meta.label, person.pk)] = person
    for _round in range(4):
        known = {(label, pk) for label, pk in found}
        for row in _rows_naming(found):
            found.setdefault((row._meta.label, row.pk), row)
        if known == set(found):
            break
    return list(found.values())


def _rows_naming(found: dict[tuple[str, Any], Row]) -> Iterator[Row]:
    for model in apps.get_models():
        if model._meta.app_label == "vault":
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                related = field.related_model._meta.label
                ids = [pk for label, pk in found if label == related]
                yield from model._base_manager.filter(**{f"{field.attname}__in": ids})


def value_for(kind: str, name: str, rows: list[Row]) -> list[str]:
    """Values to try for a part of an address: the account's own ids of what the name means, or something made up."""
    wanted = name.removesuffix("_id").removesuffix("_pk").replace("_", "").lower()
    own = [str(row.pk) for row in rows if row._meta.model_name and row._meta.model_name.endswith(wanted)]
    codes = _codes(rows, COLUMNS.get(name, name)) or _codes_in_paths(rows, wanted)
    same_kind = [str(row.pk) for row in rows if isinstance(row.pk, int) == (kind == "int")]
    if kind in {"uuid", "uuidstr", "int"}:
        made_up = "1" if kind == "int" else "00000000-0000-0000-0000-000000000001"
        return (own or codes or same_kind or [made_up])[:3]
    return (own or codes or ["nothing-like-this"])[:3]


def _codes(rows: list[Row], column: str) -> list[str]:
    return [str(getattr(row, column)) for row in rows if getattr(row, column, None)]


def _codes_in_paths(rows: list[Row], wanted: str) -> list[str]:
    """Ids that stand in the paths of a Catalogue's pieces, such as product/p_roller."""
    paths = dict.fromkeys(_codes(rows, "path"))
    return [path.split("/")[1] for path in paths if path.startswith(f"{wanted}/")]


def picture(rows: list[Row]) -> dict[str, str]:
    """A digest of each row as it now stands in the database, by label and id."""
    return {f"{row._meta.label}:{row.pk}": _digest(row) for row in rows}


def _digest(row: Row) -> str:
    """Read without the model's fields, so that ciphertext counts as it stands."""
    key, connection = row._meta.pk, connections["default"]
    assert key is not None
    table, column = (connection.ops.quote_name(name) for name in (row._meta.db_table, key.column or key.attname))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {table} WHERE {column} = %s", [key.get_db_prep_value(row.pk, connection, prepared=False)]
        )
        return hashlib.sha256(repr(cursor.fetchone()).encode()).hexdigest()
