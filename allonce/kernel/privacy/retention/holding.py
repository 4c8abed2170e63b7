"""What legal holds cover, as questions to the database and as answers to people."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models

from allonce.kernel.privacy import ports
from allonce.kernel.privacy.retention.models import LegalHold
from allonce.kernel.privacy.retention.owners import belongs_to
from allonce.kernel.vault import Scope


def in_force() -> models.QuerySet[LegalHold]:
    """Holds that were not released, oldest first."""
    return LegalHold.objects.filter(released_at=None).order_by("placed_at")


def holds_of(scope: Scope) -> models.QuerySet[LegalHold]:
    """Holds in force on all or part of a person or an account."""
    return in_force().filter(scope_kind=scope.kind, scope_id=scope.id)


def whole_is_held(scope: Scope) -> bool:
    """Whether everything of a person or an account is held."""
    return holds_of(scope).filter(table="").exists()


def not_held(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """These rows without the ones that a hold covers, directly or through whom they belong to."""
    owners: dict[str, set[UUID]] = {"account": set(), "person": set()}
    ids: dict[str, list[str]] = {}
    for kind, scope_id, table, row in in_force().values_list("scope_kind", "scope_id", "table", "row"):
        if table:
            ids.setdefault(table, []).append(row)
        else:
            owners[kind].add(scope_id)
    theirs = belongs_to(rows.model, owners)
    free = rows.exclude(theirs) if theirs is not None else rows
    for path, held in _held_by_id(rows.model, ids):
        free = free.exclude(**{f"{path}__in": held})
    return free


def covered(hold: LegalHold, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Those of the rows that this hold covers."""
    if hold.table:
        return rows.filter(pk=hold.row) if hold.table == rows.model._meta.label else rows.none()
    theirs = belongs_to(rows.model, {hold.scope_kind: {hold.scope_id}})
    return rows.none() if theirs is None else rows.filter(theirs)


def _held_by_id(model: type[models.Model], ids: dict[str, list[str]], path: str = "pk") -> Iterator[tuple[str, Any]]:
    """Rows that are held themselves, and rows with which a held one would go."""
    if model._meta.label in ids:
        yield path, ids[model._meta.label]
    for relation in model._meta.related_objects if ids else ():
        child: Any = relation.related_model
        if relation.on_delete is models.CASCADE and child is not model:
            for below, held in _held_by_id(child, ids):
                yield path, child._base_manager.filter(**{f"{below}__in": held}).values(relation.field.attname)


def holds_apart(scope: Scope) -> tuple[list[ports.Hold], list[ports.Hold]]:
    """The holds on everything of a person or an account, and those on parts of it, in words for them."""
    found = list(holds_of(scope))
    whole = [_words(each) for each in found if not each.table]
    return whole, [_words(each) for each in found if each.table]


def _words(hold: LegalHold) -> ports.Hold:
    return ports.Hold(hold.reason, hold.placed_at.date(), hold.until)


class LegalHolds:
    """Answers the port: rooms that erase ask here first."""

    def holds_on(self, scope: Scope) -> list[ports.Hold]:
        """The holds in force on a person or an account, in words for them."""
        return [_words(each) for each in holds_of(scope)]
