"""What ties a ciphertext to its place: scope, model, field and row."""

from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db import models

from allonce.kernel.vault.errors import Misuse
from allonce.kernel.vault.scope import INSTALL, Scope, ScopeKind

OWNED = ("account", "person", "records", "hold")


@cache
def scope_rule(model: type[models.Model]) -> tuple[ScopeKind, str]:
    """The kind of scope that protects a model's rows, and the attribute holding its id ("" for install)."""
    rule: str = getattr(model, "vault_scope", "")
    kind, _, attribute = rule.partition(":")
    if kind == "install" and not attribute:
        return "install", ""
    if kind in OWNED and attribute:
        return cast(ScopeKind, kind), attribute
    raise Misuse(f"{model.__name__}.vault_scope must be 'account:FIELD', 'person:FIELD' or 'install'")


def scope_of(instance: models.Model) -> Scope:
    """Whose key protects this row. Raises Misuse while the row does not say."""
    kind, attribute = scope_rule(type(instance))
    if not attribute:
        return INSTALL
    owner: Any = getattr(instance, attribute)
    if owner is None:
        raise Misuse(f"{type(instance).__name__}.{attribute} must be set before its encrypted fields")
    return scope_for(instance, kind, owner)


def scope_for(instance: models.Model, kind: ScopeKind, owner: Any) -> Scope:
    """The scope of that owner; a row keeps its last one, since each of its fields asks."""
    kept = instance.__dict__.get("_scope_kept")
    if kept is not None and kept[0] is owner:
        scope: Scope = kept[1]
        return scope
    scope = Scope(kind, owner if isinstance(owner, UUID) else UUID(str(owner)))
    instance.__dict__["_scope_kept"] = (owner, scope)
    return scope


def binding(scope: Scope, model: type[models.Model], field: str, row: UUID) -> bytes:
    """The associated data of one encrypted value."""
    return f"{scope}{_place(model, field)}{row.hex}".encode()


@cache
def _place(model: type[models.Model], field: str) -> str:
    return f"|{model._meta.label}|{field}|"
