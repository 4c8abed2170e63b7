"""What really lies in the databases, compared with what is declared: leftovers and hand-made tables show."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections, router

# Django's own bookkeeping, which has no model among the installed apps.
KNOWN = {"django_migrations"}


class UndeclaredStorage(Exception):
    """A database holds tables or columns that no model, and so no declaration, knows."""


def undeclared() -> list[str]:
    """Every table and column of both databases that no model knows, as `alias:table` or `alias:table.column`."""
    return [found for alias in ("default", "keys") for found in _undeclared_in(alias)]


def refuse_undeclared() -> None:
    """Raises UndeclaredStorage, naming what was found."""
    found = undeclared()
    if found:
        raise UndeclaredStorage(", ".join(found))


def _undeclared_in(alias: str) -> Iterator[str]:
    connection, known = connections[alias], _columns(alias)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in KNOWN:
                continue
            if table not in known:
                yield f"{alias}:{table}"
                continue
            stored = connection.introspection.get_table_description(cursor, table)
            yield from (f"{alias}:{table}.{column.name}" for column in stored if column.name not in known[table])


def _columns(alias: str) -> dict[str, set[str]]:
    return {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields if field.column}
        for model in apps.get_models(include_auto_created=True)
        if router.allow_migrate_model(alias, model)
    }
