"""The declared rules as questions to the database: which rows have reached their end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from django.apps import apps
from django.db import models

from allonce.kernel.clock import add_months
from allonce.kernel.declarations import PD, RETENTION, Declaration, Retention, declarations


@dataclass(frozen=True)
class Rule:
    """What happens to rows of one table by one rule: they go, or some of their fields become null."""

    model: type[models.Model]
    retention: str
    since: str
    action: Literal["delete", "null"]
    fields: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table as our source names it."""
        return self.model._meta.label

    def expired(self, as_of: datetime) -> models.QuerySet[Any]:
        """The rows whose time is over at `as_of`; for fields, those that still hold something."""
        rows = self.model._base_manager.filter(**{f"{self.since}__lte": self._limit(as_of)})
        if self.action == "delete":
            return rows
        still = models.Q()
        for name in self.fields:
            still |= models.Q(**{f"{name}__isnull": False})
        return rows.filter(still)

    def _limit(self, as_of: datetime) -> Any:
        limit = latest_start(RETENTION[self.retention], as_of)
        selected: Any = self.model._base_manager.values_list(self.since).query.select[0]
        return limit if isinstance(selected.output_field, models.DateTimeField) else limit.date()


def rules() -> list[Rule]:
    """Every rule that counts from the age of rows, in the order of their tables."""
    return [rule for label in sorted(declarations) for rule in _of(declarations[label])]


def latest_start(retention: Retention, as_of: datetime) -> datetime:
    """The latest moment from which the rule's whole time has passed at `as_of`.

    Months are calendar months: what began on 31 January ends a month later on the last day of February.
    """
    moment = as_of - retention.span
    if not retention.months:
        return moment
    day = add_months(moment.date(), -retention.months)
    while add_months(day + timedelta(days=1), retention.months) <= moment.date():
        day += timedelta(days=1)
    return datetime.combine(day, time(moment.hour, moment.minute, moment.second), moment.tzinfo)


def ends_on(retention: Retention, start: Any) -> Any:
    """The day on which what began on `start` (a date) has reached its end."""
    return add_months(start, retention.months) + retention.span


def _of(declared: Declaration) -> Iterator[Rule]:
    model = apps.get_model(declared.model)
    grouped: dict[tuple[str, str], list[str]] = {}
    for name, fact in declared.facts.items():
        if isinstance(fact, PD) and RETENTION[fact.retention].counts_from_row:
            action = "null" if fact.erase == "null" else "delete"
            grouped.setdefault((fact.retention, action), []).append(name)
    for (retention, action), fields in sorted(grouped.items()):
        yield Rule(model, retention, declared.since, "null" if action == "null" else "delete", tuple(fields))
