"""PostgreSQL's row-level security: the database itself refuses rows of an account that nobody opened.

Put in place after every migrate for each table with an account, so that no product can forget it. The rule reads
the setting that `tenancy` writes; a connection that says nothing sees nothing, and the table's owner is bound too.
Superusers are never bound by PostgreSQL: run the installation as an ordinary role.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from allonce.kernel.accounts.tenancy import ACCOUNT_SETTING, EVERY_ACCOUNT

POLICY = "allonce_account"
GREATEST_DEPTH = 4
_SAID = f"current_setting('{ACCOUNT_SETTING}', true)"


def put_in_place(using: str, **_signal: Any) -> None:
    """Protect every table with an account, and tables that hang on those; safe to repeat."""
    connection = connections[using]
    if connection.vendor != "postgresql" or using != "default":
        return
    existing = set(connection.introspection.table_names())
    for table, rule in _rules(connection):
        if table in existing:
            _protect(connection, table, rule)


def protected_tables() -> dict[str, str]:
    """Each protected table with the column that leads to its account, directly or through another such table."""
    return {model._meta.db_table: column for model, column, _parent in owned_models()}


def _rules(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    quote = connection.ops.quote_name
    for model, column, parent in owned_models():
        if parent is None:
            own = f"{quote(column)}::text = {_SAID}"
        else:
            # The parent's own policy decides what this sees of it.
            key = quote(parent._meta.pk.attname)
            own = f"{quote(column)} IN (SELECT {key} FROM {quote(parent._meta.db_table)})"  # noqa: S608 - names of ours
        yield model._meta.db_table, f"{_SAID} = '{EVERY_ACCOUNT}' OR {own}"


def _protect(connection: BaseDatabaseWrapper, table: str, rule: str) -> None:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        cursor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        cursor.execute(f"DROP POLICY IF EXISTS {POLICY} ON {name}")
        cursor.execute(f"CREATE POLICY {POLICY} ON {name} USING ({rule}) WITH CHECK ({rule})")


def owned_models() -> list[tuple[type[models.Model], str, type[models.Model] | None]]:
    """(model, column, parent model or None): accounts, tables with an account, then tables that hang on those."""
    found: dict[type[models.Model], tuple[str, type[models.Model] | None]] = {}
    for model in _own_models():
        column = _account_column(model)
        if column:
            found[model] = (column, None)
    for _level in range(GREATEST_DEPTH):
        hanging = {model: link for model in _own_models() if model not in found and (link := _link(model, found))}
        found.update(hanging)
    return [(model, column, parent) for model, (column, parent) in found.items()]


def _own_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        ours = model.__module__.startswith("allonce.") and model._meta.app_label != "vault"
        if ours and model._meta.managed and not model._meta.proxy:
            yield model


def _account_column(model: type[models.Model]) -> str:
    """Where a row says whose it is. A nullable column is a remark, not an owner: such rows belong to a person."""
    if model._meta.label == "accounts.Account":
        return "id"
    owned = [field for field in model._meta.concrete_fields if field.column == "account_id" and not field.null]
    return "account_id" if owned else ""


def _link(
    model: type[models.Model], found: dict[type[models.Model], tuple[str, type[models.Model] | None]]
) -> tuple[str, type[models.Model] | None] | None:
    for field in model._meta.concrete_fields:
        parent = field.related_model
        if isinstance(field, models.ForeignKey) and not field.null and parent in found:
            assert isinstance(parent, type)
            return field.column, parent
    return None
