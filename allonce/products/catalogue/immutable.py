"""Database triggers under which a published version never changes, whoever asks.

Deleting stays possible: erasing an account takes its Catalogue with it.
"""

from typing import Any

FROZEN = {"catalogue_version": "1 = 1", "catalogue_chunk": "1 = 1", "catalogue_entry": "{moved}"}
# The end of an entry may be written once; nothing else of it, and never again.
MOVED = (
    "OLD.to_version IS NOT NULL OR NEW.path <> OLD.path OR NEW.chunk_id <> OLD.chunk_id "
    "OR NEW.from_version <> OLD.from_version OR NEW.catalogue_id <> OLD.catalogue_id"
)
REFUSAL = "published versions never change"


def install(_apps: Any, schema_editor: Any) -> None:
    """Makes the triggers, in the words of the database at hand."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION catalogue_refuse() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$ LANGUAGE plpgsql"
        )
    for table, condition in FROZEN.items():
        when = condition.format(moved=MOVED)
        schema_editor.execute(_postgresql(table, when) if postgresql else _sqlite(table, when))


def remove(_apps: Any, schema_editor: Any) -> None:
    """Takes the triggers away."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in FROZEN:
        on_table = f" ON {table}" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen{on_table}")


def _sqlite(table: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _postgresql(table: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) "
        "EXECUTE FUNCTION catalogue_refuse()"
    )
