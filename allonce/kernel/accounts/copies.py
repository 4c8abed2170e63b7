"""What products say about copies of an account: a backup that its owner takes, and its restoring.

All rows of a product that hang on an account are copied without a word from it. It speaks only of exceptions.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Readable = Callable[[UUID], Iterable[tuple[str, bytes]]]
Check = Callable[[UUID], None]
Clearing = Callable[[UUID], None]


@dataclass
class CopyRules:
    """Tables that stay behind and fields that are written empty, each with the reason."""

    tables: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)


rules = CopyRules()
_readable: list[Readable] = []
_checks: list[Check] = []
_clearings: list[Clearing] = []


def register_copy_rules(*, tables: Mapping[str, Any] | None = None, fields: Mapping[str, Any] | None = None) -> None:
    """Leave "app.Model" or "app.Model.field" (a text that may be empty) out of copies, for a reason."""
    rules.tables.update(tables or {})
    rules.fields.update(fields or {})


def register_readable(source: Readable) -> None:
    """Add files for people to a copy: (name, content) of what other programs open, such as a spreadsheet."""
    _readable.append(source)


def register_restored_check(check: Check) -> None:
    """Look at what was restored, before it counts; raise a UserError if it does not hang together.

    The file may come from anywhere: what services refuse to store must be refused here too.
    """
    _checks.append(check)


def register_clearing(clearing: Clearing) -> None:
    """Before restoring into an account that somebody opened: remove rows that a mere visit makes."""
    _clearings.append(clearing)


def readable_files(account_id: UUID) -> Iterable[tuple[str, bytes]]:
    """All products' files for people."""
    return (file for source in _readable for file in source(account_id))


def check_restored(account_id: UUID) -> None:
    """Let every product look at what was restored. Raises UserError."""
    for check in _checks:
        check(account_id)


def clear_untouched(account_id: UUID) -> None:
    """Let every product remove what only visits made."""
    for clearing in _clearings:
        clearing(account_id)
