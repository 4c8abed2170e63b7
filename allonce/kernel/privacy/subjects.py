"""Whose rows are whose: the one walk over all declarations, on which every right stands.

A subject is a person or an account, named as the vault names whose key protects a value.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.declarations import PD, Declaration, declarations
from allonce.kernel.vault import Scope
from allonce.kernel.vault.scope import ScopeKind

Model = type[models.Model]
Rows = QuerySet[Any]
Resolver = Callable[[Model, Scope], Rows | None]

SUBJECTS: dict[Model, ScopeKind] = {Person: "person", Account: "account"}
GREATEST_DEPTH = 4
_resolvers: dict[str, Resolver] = {}


class Unresolvable(Exception):
    """A declaration names a subject that nobody can find rows for."""


@dataclass(frozen=True)
class Held:
    """Rows of one table about a subject, with what is declared of them."""

    model: Model
    declared: Declaration
    rows: Rows

    @property
    def personal(self) -> dict[str, PD]:
        """The personal fields of the table."""
        return personal_fields(self.declared)


def register_resolver(name: str, resolver: Resolver) -> None:
    """Answer `subject="@name"`: the rows of a model about a scope, or None if its rows are never about that kind.

    Called in an app's `ready`. The resolver may be asked for scopes that do not exist, and then finds nothing.
    """
    _resolvers[name] = resolver


def held_about(scope: Scope) -> list[Held]:
    """Every table that declares this kind of subject, with the rows about this one (perhaps none).

    Raises Unresolvable. Look from `tenancy.across_accounts()`: a person's rows lie in several accounts.
    """
    found = ((model, declared, rows_of(model, scope)) for model, declared in declared_models())
    return [Held(model, declared, rows) for model, declared, rows in found if rows is not None]


def hanging_on(account_id: UUID) -> list[Held]:
    """Rows that are about nobody, or about somebody else, and yet belong to this account and go with it."""
    scope = Scope("account", account_id)
    found = []
    for model, declared in declared_models():
        path = account_path(model)
        if path and rows_of(model, scope) is None:
            found.append(Held(model, declared, model._base_manager.filter(**{path: account_id})))
    return found


def rows_of(model: Model, scope: Scope) -> Rows | None:
    """The rows of one table about this subject; None if its rows are never about that kind. Raises Unresolvable."""
    declared = declarations[model._meta.label]
    if declared.subject is None or scope.kind not in ("person", "account"):
        return None
    if declared.subject.startswith("@"):
        return _resolver(declared)(model, scope)
    path, kind = _followed(model, declared)
    return model._base_manager.filter(**{path: scope.id}) if kind == scope.kind else None


def kinds_of(model: Model) -> set[ScopeKind]:
    """Whether a table's rows are about persons, accounts or both."""
    nobody = UUID(int=0)
    kinds: tuple[ScopeKind, ...] = ("person", "account")
    return {kind for kind in kinds if rows_of(model, Scope(kind, nobody)) is not None}


def declared_models() -> Iterator[tuple[Model, Declaration]]:
    """All stored tables with their declarations, those of packages and many-to-many tables included."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.label in declarations:
            yield model, declarations[model._meta.label]


def personal_fields(declared: Declaration) -> dict[str, PD]:
    """The personal fields of a declaration by name."""
    return {name: fact for name, fact in declared.facts.items() if isinstance(fact, PD)}


@cache
def account_path(model: Model, depth: int = GREATEST_DEPTH) -> str:
    """How a row leads to the account it belongs to, through columns that are never empty; "" if it does not."""
    fields = [field for field in model._meta.concrete_fields if not field.null]
    own = [field for field in fields if field.attname == "account_id"]
    if own:
        return "account_id"
    for field in fields if depth else ():
        target: Any = field.related_model
        if target in (None, "self", model):
            continue
        further = account_path(target, depth - 1)
        if further:
            return f"{field.name}__{further}"
    return ""


def _resolver(declared: Declaration) -> Resolver:
    name = str(declared.subject).removeprefix("@")
    if name not in _resolvers:
        raise Unresolvable(f"{declared.model}: nobody registered a resolver @{name}")
    return _resolvers[name]


def _followed(model: Model, declared: Declaration) -> tuple[str, ScopeKind]:
    """The look-up that finds rows by the subject's id, and the kind of subject."""
    subject = str(declared.subject)
    if subject == "self":
        return "pk", SUBJECTS.get(model) or _kind_by_vault(model, "id", declared)
    target: Any = model
    for part in subject.split("__"):
        field = target._meta.get_field(part)
        if field.related_model is None:
            return subject, _kind_by_vault(target, field.attname, declared)
        target = field.related_model
    if target in SUBJECTS:
        return subject, SUBJECTS[target]
    further = declarations.get(target._meta.label)
    if further is None or not further.subject or further.subject.startswith("@"):
        raise Unresolvable(f"{declared.model}: {subject} leads to {target._meta.label}, which is about nobody")
    path, kind = _followed(target, further)
    return f"{subject}__{path}", kind


def _kind_by_vault(model: Model, column: str, declared: Declaration) -> ScopeKind:
    """A bare id is a subject's if the row's own key is found by it."""
    kind, _, attribute = str(getattr(model, "vault_scope", "")).partition(":")
    if attribute == column and kind == "person":
        return "person"
    if attribute == column and kind == "account":
        return "account"
    raise Unresolvable(f"{declared.model}: {declared.subject} ends at {column}, which names neither person nor account")
