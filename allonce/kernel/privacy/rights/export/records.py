"""Reading what is held of a subject, table by table. What cannot be read is named, and never stops the rest."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from allonce.kernel.declarations import PD, declarations
from allonce.kernel.privacy.naming import field_words, is_told, service_words, table_words
from allonce.kernel.privacy.reasons import Reason, reason_of
from allonce.kernel.privacy.subjects import Held, held_about
from allonce.kernel.vault import Scope
from allonce.kernel.vault.errors import VaultError

CHUNK = 200
# What is corrected by a flow of its own, since the new value has to be proved.
OWN_FLOWS = {"accounts.Person.email": "accounts:own_email"}
UNREADABLE = (VaultError, ValueError, TypeError, LookupError)
# Fields about nobody that still help to understand a record: when it was, and in which state.
TELLING = (models.DateTimeField, models.DateField, models.BooleanField)


@dataclass(frozen=True)
class Problem:
    """A value or file that is held and could not be read."""

    place: str
    row: str
    field: str


@dataclass(frozen=True)
class Shown:
    """A value on the person's page; `correct_at` is the name of the page that changes it, if it has one."""

    words: str
    value: Any
    field: str
    may_correct: bool
    correct_at: str


@dataclass
class Table:
    """One table as the person sees it. Each record holds its id under `_id`."""

    model: Any
    label: str
    words: str
    service: str
    reasons: list[Reason]
    columns: list[str]
    total: int
    records: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def headings(self) -> list[str]:
        """The columns in words."""
        return [field_words(self.model, name) for name in self.columns]

    def shown(self) -> Iterator[tuple[Any, list[Shown]]]:
        """Each record with its id, for the person's page: only what has a value."""
        for record in self.records:
            yield record["_id"], [self._shown(name, record[name]) for name in self.columns if record[name] is not None]

    def _shown(self, name: str, value: Any) -> Shown:
        fact = declarations[self.label].facts[name]
        may = isinstance(fact, PD) and fact.rectify
        return Shown(
            field_words(self.model, name),
            _as_people_say(self.model, name, value),
            name,
            may,
            OWN_FLOWS.get(f"{self.label}.{name}", ""),
        )

    @property
    def more(self) -> int:
        """How many records are held beyond those read."""
        return self.total - len(self.records) if self.columns else 0

    def cells(self) -> Iterator[list[Any]]:
        """The records as rows of a table."""
        return ([in_a_sentence(record[name]) for name in self.columns] for record in self.records)


def tables_of(scope: Scope, most: int | None = None) -> Iterator[Table]:
    """Every table that holds anything of the subject, with at most `most` records of each (newest by id order)."""
    for held in held_about(scope):
        if held.personal:
            table = table_of(held, most)
            if table.total:
                yield table


def table_of(held: Held, most: int | None = None) -> Table:
    """One table, read now."""
    label = held.declared.model
    table = Table(
        model=held.model,
        label=label,
        words=table_words(label),
        service=service_words(label),
        reasons=[reason_of(held.model, name, fact) for name, fact in held.personal.items()],
        columns=_columns(held),
        total=held.rows.count(),
    )
    if any(map(is_told, held.personal.values())):
        named = [name for name in table.columns if _leads_to_words(held.model._meta.get_field(name))]
        rows = held.rows.select_related(*named).order_by("pk")
        for row in islice(rows.iterator(chunk_size=CHUNK), most):
            table.records.append(_record(table, row))
    return table


def _as_people_say(model: type[models.Model], name: str, value: Any) -> Any:
    """Days, times and choices in words; everything else as the copy has it."""
    field: Any = model._meta.get_field(name)
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    if not isinstance(field, models.DateField):
        return in_a_sentence(value)
    if "T" not in str(value):
        return formats.date_format(date.fromisoformat(value), "j M Y")
    return _("%s UTC") % formats.date_format(datetime.fromisoformat(value), "j M Y H:i")


def in_a_sentence(value: Any) -> Any:
    """What JSON nests, without brackets: "Sign-ins: 2; Where: Lisbon"."""
    if isinstance(value, dict):
        return "; ".join(f"{capfirst(str(name))}: {in_a_sentence(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(str(in_a_sentence(part)) for part in value)
    return value


def _value_of(row: Any, concrete: Any) -> Any:
    if not _leads_to_words(concrete):
        return getattr(row, concrete.attname)
    named = getattr(row, concrete.name)
    return named.in_words() if named else None


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return str(value)


def _columns(held: Held) -> list[str]:
    told = [name for name, fact in held.personal.items() if is_told(fact)]
    concrete = {each.name: each for each in held.model._meta.concrete_fields}
    beside = [name for name, each in concrete.items() if name not in held.personal and _is_telling(each)]
    return [*told, *beside] if told else []


def _is_telling(concrete: Any) -> bool:
    return isinstance(concrete, TELLING) or bool(getattr(concrete, "choices", None)) or _leads_to_words(concrete)


def _leads_to_words(concrete: Any) -> bool:
    """Whether a field names a row about nobody that says what people call it, such as a published text."""
    return hasattr(concrete.related_model, "in_words")


def _record(table: Table, row: Any) -> dict[str, Any]:
    record: dict[str, Any] = {"_id": str(row.pk) if isinstance(row.pk, UUID) else row.pk}
    for name in table.columns:
        try:
            record[name] = plain(_value_of(row, row._meta.get_field(name)))
        except UNREADABLE:
            record[name] = None
            table.problems.append(Problem(table.label, str(row.pk), name))
    return record
