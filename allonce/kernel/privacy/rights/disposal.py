"""What erasure does with each row, read from the declarations: it goes, loses fields, stays, or is kept as a copy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import models

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import add_months, today
from allonce.kernel.declarations import PD, PURPOSES, RETENTION, Declaration
from allonce.kernel.privacy import ports
from allonce.kernel.privacy.subjects import SUBJECTS, Held, held_about
from allonce.kernel.vault import Scope, SealedModel
from allonce.kernel.vault.binding import scope_rule
from allonce.kernel.vault.errors import VaultError
from allonce.kernel.vault.rotation import encrypted_fields

Fate = Literal["goes", "loses_fields", "stays", "copied"]
BATCH = 500


class NobodyKeeps(Exception):
    """The law wants rows kept under a key of their own, and no room was registered that keeps them."""


@dataclass(frozen=True)
class Part:
    """The rows of one table about the subject, frozen by id, and what becomes of them."""

    held: Held
    ids: list[Any]
    fate: Fate

    @property
    def label(self) -> str:
        """The table."""
        return self.held.declared.model

    @property
    def kept(self) -> PD | None:
        """The fact because of which rows stay."""
        return next((fact for fact in self.held.personal.values() if fact.erase == "keep"), None)

    def rows(self) -> Iterator[list[Any]]:
        """The rows, a batch at a time."""
        for batch in self.batches():
            yield list(self.held.model._base_manager.filter(pk__in=batch))

    def batches(self) -> Iterator[list[Any]]:
        """The ids, as many at a time as a database takes."""
        for start in range(0, len(self.ids), BATCH):
            yield self.ids[start : start + BATCH]


def parts_of(scope: Scope) -> list[Part]:
    """All that is held of the subject, its own row last. Ids are read before anything goes: rows find each other."""
    found = []
    for held in held_about(scope):
        ids = list(held.rows.values_list("pk", flat=True))
        if ids:
            found.append(Part(held, ids, fate_of(held.model, held.declared, scope)))
    return sorted(found, key=lambda part: part.held.model in SUBJECTS)


def fate_of(model: type[models.Model], declared: Declaration, scope: Scope) -> Fate:
    """What erasure does with rows of this table."""
    erases = {fact.erase for fact in declared.facts.values() if isinstance(fact, PD)}
    if "keep" in erases:
        return "copied" if _dies_with(model, scope) else "stays"
    return "loses_fields" if erases == {"null"} else "goes"


def dispose(part: Part) -> None:
    """Do it, within the caller's transaction. Raises NobodyKeeps before anything of this part is lost."""
    if part.fate == "copied":
        _copy(part)
    for batch in part.batches():
        rows = part.held.model._base_manager.filter(pk__in=batch)
        if part.fate in ("goes", "copied"):
            rows.delete()
        elif emptied := _emptied(part):
            rows.update(**dict.fromkeys(emptied))


def kept_until(fact: PD, since: date) -> date:
    """The last day on which a kept row is still there."""
    rule = RETENTION[fact.retention]
    return add_months(since, rule.months) + rule.span


def _emptied(part: Part) -> list[str]:
    """Fields that rows lose which themselves stay."""
    return [
        name
        for name, fact in part.held.personal.items()
        if fact.erase != "keep" and part.held.model._meta.get_field(name).null
    ]


def _dies_with(model: type[models.Model], scope: Scope) -> bool:
    """Whether a row cannot outlive its subject: sealed under the key that dies, or taken along by the database."""
    return _sealed_by_the_key_that_dies(model, scope) or any(
        _goes_along(field) for field in model._meta.concrete_fields
    )


def _sealed_by_the_key_that_dies(model: type[models.Model], scope: Scope) -> bool:
    """Not if each row has a key of its own, as a request has, or hangs on a row that has."""
    if not issubclass(model, SealedModel) or not encrypted_fields(model) or scope_rule(model)[0] != scope.kind:
        return False
    column = next(field for field in model._meta.concrete_fields if field.attname == scope_rule(model)[1])
    owner = model if column.primary_key else column.related_model
    return owner is None or owner in SUBJECTS


def _goes_along(field: Any) -> bool:
    outlives = (models.DO_NOTHING, models.SET_NULL)
    return field.related_model is Person and field.remote_field.on_delete not in outlives


def _copy(part: Part) -> None:
    keeper, fact = ports.keeper(), part.kept
    if keeper is None or fact is None:
        raise NobodyKeeps(f"{part.label} must be kept, and no room keeps")
    names = [name for name, each in part.held.personal.items() if each.erase == "keep"]
    for rows in part.rows():
        for until, group in _by_day(part, fact, _readable(rows)):
            keeper.keep(group, until, PURPOSES[fact.purpose].says, fields=names)


def _by_day(part: Part, fact: PD, rows: Iterable[Any]) -> Iterator[tuple[date, list[Any]]]:
    groups: dict[date, list[Any]] = {}
    for row in rows:
        groups.setdefault(kept_until(fact, _start(part, row)), []).append(row)
    yield from groups.items()


def _start(part: Part, row: Any) -> date:
    """From when the rule counts for this row: as declared, else from today."""
    value = row
    for step in filter(None, str(getattr(part.held.declared, "since", "")).split("__")):
        value = getattr(value, step, None)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else today()


def _readable(rows: Iterable[Any]) -> Iterator[Any]:
    """Rows that still open; after a restore some are noise already, and noise is not worth keeping."""
    for row in rows:
        try:
            for field in encrypted_fields(type(row)):
                getattr(row, field.attname)
        except VaultError:
            continue
        yield row
