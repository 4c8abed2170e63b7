"""From rows to whose they are: the paths along which a hold protects, and an ended account is emptied."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.declarations import declarations
from allonce.kernel.vault import Scope, SealedModel
from allonce.kernel.vault.binding import scope_rule

GREATEST_DEPTH = 3
Model = type[models.Model]
OWNERS: dict[str, Model] = {"account": Account, "person": Person}


def scope_named(kind: str, owner: UUID) -> Scope:
    """The account or person that a row names by kind and id."""
    return Scope("account" if kind == "account" else "person", owner)


@cache
def owner_paths(model: Model, kind: str, depth: int = 0) -> tuple[str, ...]:
    """ORM paths from a row to the id of the account or person it belongs to; none if it belongs to neither.

    Links that may be empty are remarks, not owners (as in the database's own wall between accounts).
    """
    if model is OWNERS[kind]:
        return ("pk",)
    found = list(_direct(model, kind))
    if not found and depth < GREATEST_DEPTH:
        for field in _links(model):
            found += [f"{field.name}__{path}" for path in owner_paths(field.related_model, kind, depth + 1)]
    return tuple(dict.fromkeys(found))


def rows_of(scope: Scope, model: Model) -> models.QuerySet[Any]:
    """The rows of a table that belong to an account or a person."""
    paths = owner_paths(model, scope.kind)
    if not paths:
        return model._base_manager.none()
    return model._base_manager.filter(_any(paths, {scope.id}))


def belongs_to(model: Model, owners: dict[str, set[UUID]]) -> models.Q | None:
    """A condition for rows of any of these accounts and persons, or None where no row can be theirs."""
    conditions = [_any(paths, ids) for kind, ids in owners.items() if ids and (paths := owner_paths(model, kind))]
    if _names_a_scope(model):
        conditions += [models.Q(scope_kind=kind, scope_id__in=ids) for kind, ids in owners.items() if ids]
    if not conditions:
        return None
    whole = conditions[0]
    for condition in conditions[1:]:
        whole |= condition
    return whole


def owners_of(row: models.Model) -> list[Scope]:
    """Whose a row is."""
    model = type(row)
    mine = model._base_manager.filter(pk=row.pk)
    scopes = [
        scope_named(kind, owner)
        for kind in OWNERS
        for path in owner_paths(model, kind)
        for owner in mine.values_list(path, flat=True)
    ]
    if _names_a_scope(model):
        kinds = mine.values_list("scope_kind", "scope_id")
        scopes += [scope_named(kind, owner) for kind, owner in kinds if kind in OWNERS]
    return list(dict.fromkeys(scopes))


@cache
def tables_of_accounts() -> tuple[Model, ...]:
    """Every table with rows of accounts, those that point at others before the ones they point at."""
    mine = [model for model in apps.get_models() if _stored(model) and owner_paths(model, "account")]
    return tuple(_children_first(mine))


def _children_first(tables: list[Model]) -> Iterator[Model]:
    left = list(tables)
    while left:
        pointed_at = {target for model in left for target in _targets(model) if target is not model}
        free = [model for model in left if model not in pointed_at] or left[:1]
        yield from free
        left = [model for model in left if model not in free]


def _stored(model: Model) -> bool:
    return model._meta.app_label != "vault" and model._meta.managed and not model._meta.proxy


def _any(paths: tuple[str, ...], ids: set[UUID]) -> models.Q:
    whole = models.Q()
    for path in paths:
        whole |= models.Q(**{f"{path}__in": ids})
    return whole


def _direct(model: Model, kind: str) -> Iterator[str]:
    if issubclass(model, SealedModel):
        sealed_by, attribute = scope_rule(model)
        if sealed_by == kind:
            yield attribute
    for field in _links(model):
        if field.related_model is OWNERS[kind]:
            yield field.attname
    column = f"{kind}_id"
    if any(field.attname == column and not field.null for field in model._meta.concrete_fields):
        yield column
    yield from _by_subject(model, kind)


def _by_subject(model: Model, kind: str) -> Iterator[str]:
    declared = declarations.get(model._meta.label)
    path = (declared.subject if declared else None) or "@"
    if path != "self" and not path.startswith("@"):
        selected: Any = model._base_manager.values_list(path).query.select[0]
        if selected.target.related_model is OWNERS[kind] and not selected.target.null:
            yield f"{path}_id" if "__" not in path else f"{path}__pk"


def _links(model: Model) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not field.null and isinstance(field.related_model, type):
            yield field


def _targets(model: Model) -> Iterator[Model]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type):
            yield field.related_model


def _names_a_scope(model: Model) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return {"scope_kind", "scope_id"} <= names
