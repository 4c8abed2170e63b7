"""Which rows make up an account's copy: every table that hangs on an account, but for those that stay behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.copies import rules
from allonce.kernel.accounts.models import Account, KeyWrap
from allonce.kernel.accounts.models.keys import KeyHolder
from allonce.kernel.accounts.row_security import owned_models
from allonce.kernel.declarations import PD, declarations
from allonce.kernel.vault import BlindIndexField

AnyField = Any
# Of the kernel's tables only these are the account's own content; the others are about people and devices of this
# installation, or what its Operator agreed with the account.
FROM_KERNEL = ("accounts.User", "accounts.AccountKey", "accounts.KeyHolder", "accounts.KeyWrap")
# Useful only to an account that keeps its id, to which every sealed key and job file is bound.
KEY_TABLES = frozenset({"accounts.AccountKey", "accounts.KeyHolder", "accounts.KeyWrap"})
ONLY: dict[str, dict[str, Any]] = {
    "accounts.KeyHolder": {"kind": KeyHolder.Kind.RECOVERY, "removed_at": None},
    "accounts.KeyWrap": {"holder_kind__in": [KeyWrap.HolderKind.RECOVERY, KeyWrap.HolderKind.NEXT]},
}
ACCOUNT = "accounts.Account"


@dataclass(frozen=True)
class Table:
    """One table of the copy. `path` leads from a row to its account's id."""

    model: type[models.Model]
    path: str

    @property
    def label(self) -> str:
        """ "app.Model", the table's name in the copy."""
        return self.model._meta.label

    def rows(self, account_id: UUID) -> "models.QuerySet[Any]":
        """The account's rows of this table that are copied, in an order that stays when they are restored."""
        chosen = ONLY.get(self.label, {})
        return self.model._base_manager.filter(**{self.path: account_id}, **chosen).order_by("pk")

    @cached_property
    def fields(self) -> list[AnyField]:
        """The fields that are written, in their order in the model."""
        return [each for each in self.model._meta.concrete_fields if not self._is_told_otherwise(each)]

    @cached_property
    def blank_fields(self) -> list[AnyField]:
        """Texts that mean something only here, such as keyed hashes: not written, and empty after restoring."""
        return [each for each in self.model._meta.concrete_fields if self._is_blank(each)]

    def _is_told_otherwise(self, field: AnyField) -> bool:
        is_account = field.related_model is Account or field.attname == self.path
        return bool(field.primary_key or is_account or isinstance(field, BlindIndexField) or self._is_blank(field))

    def _is_blank(self, field: AnyField) -> bool:
        fact = declarations[self.label].facts.get(field.name)
        hashed = isinstance(fact, PD) and fact.keyed_hash and not isinstance(field, BlindIndexField)
        return hashed or f"{self.label}.{field.name}" in rules.fields


def tables() -> list[Table]:
    """The tables of a copy, each after those that its rows point to."""
    left = {model: path for model, path in _owned().items() if not reason_to_stay(model)}
    done: list[Table] = []
    while left:
        ready = [model for model in left if not _points_to(model) & (left.keys() - {model})]
        if not ready:
            raise TypeError(f"tables point to each other: {sorted(model._meta.label for model in left)}")
        done += [Table(model, left.pop(model)) for model in sorted(ready, key=lambda each: each._meta.label)]
    return done


def staying() -> dict[str, Any]:
    """Tables of an account that are in no copy, with the reason."""
    reasons = {model._meta.label: reason_to_stay(model) for model in _owned()}
    return {label: reason for label, reason in reasons.items() if reason}


def reason_to_stay(model: type[models.Model]) -> Any:
    """Why a table is not copied; empty if it is."""
    label = model._meta.label
    if label in rules.tables:
        return rules.tables[label]
    if model.__module__.startswith("allonce.kernel.") and label not in FROM_KERNEL:
        return _("It is about people and devices of this installation, or about what its Operator agreed.")
    if any(_must_point_away(field) for field in model._meta.concrete_fields):
        return _("It belongs to people or rows that stay behind.")
    return ""


def referred_to() -> set[str]:
    """Tables whose rows other copied rows point to: only of these must row numbers be remembered."""
    return {other._meta.label for table in tables() for other in _points_to(table.model)}


def is_copied(model: Any) -> bool:
    """Whether rows of this table are part of a copy."""
    return model in _owned() and not reason_to_stay(model)


def _must_point_away(field: AnyField) -> bool:
    if not isinstance(field, models.ForeignKey) or field.null or field.related_model is Account:
        return False
    return not is_copied(field.related_model)


def _points_to(model: type[models.Model]) -> set[type[models.Model]]:
    return {other for other in _related(model) if other is not Account and is_copied(other)}


def _related(model: type[models.Model]) -> Iterator[Any]:
    return (field.related_model for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))


@cache
def _owned() -> dict[type[models.Model], str]:
    """Every table that hangs on an account, with the path to the account's id."""
    found: dict[type[models.Model], str] = {}
    for model, column, parent in owned_models():
        if model is Account:
            continue
        link = next(field for field in model._meta.concrete_fields if field.column == column)
        found[model] = link.attname if parent in (None, Account) else f"{link.name}__{found[parent]}"
    return found
