"""Correcting values that are held: only fields declared as such, only the person's own rows."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services.people import one_line
from allonce.kernel.audit import Actor
from allonce.kernel.declarations import PD, declarations
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.subjects import rows_of
from allonce.kernel.vault import BlindIndexField, EncryptedTextField, Scope

LONGEST = 500


class CannotHold(UserError):
    """The value does not fit the field."""

    code = "cannot_hold"


@dataclass(frozen=True)
class Place:
    """One value: the table's label, the row's id as text, and the field."""

    label: str
    row: str
    field: str


def correctable(person: Person, place: Place) -> Any:
    """The row, if the person may correct this field of it on the spot; NotFound for everything else."""
    declared = declarations.get(place.label)
    fact = declared.facts.get(place.field) if declared else None
    if not isinstance(fact, PD) or not fact.rectify:
        raise NotFound
    rows = rows_of(apps.get_model(place.label), Scope("person", person.id))
    try:
        row = rows.filter(pk=place.row).first() if rows is not None else None
    except (ValueError, ValidationError) as error:
        raise NotFound from error
    if row is None:
        raise NotFound
    return row


@transaction.atomic
@tenancy.across_accounts()
def correct(person: Person, place: Place, value: str, *, actor: Actor) -> None:
    """Put the right value in place of the wrong one. Raises NotFound or CannotHold. Audited without either value."""
    row = correctable(person, place)
    column = row._meta.get_field(place.field)
    if not isinstance(column, EncryptedTextField | models.CharField | models.TextField):
        raise NotFound
    setattr(row, place.field, _fit(column, value))
    row.save(update_fields=[place.field, *_indexes_of(row, place.field)])
    audit.record("rights.corrected", actor=actor, target=f"{place.label}:{row.pk}", data={"field": place.field})


def _fit(column: Any, value: str) -> str:
    clean = one_line(value)
    longest = column.max_length or LONGEST
    if len(clean) > longest:
        message = _("At most %d characters.") % longest
        raise CannotHold(message, fields={"value": message})
    if not clean:
        message = _("Give the right value. What should not be held at all goes with your erasure.")
        raise CannotHold(message, fields={"value": message})
    return clean


def _indexes_of(row: Any, field: str) -> list[str]:
    columns = row._meta.concrete_fields
    return [each.name for each in columns if isinstance(each, BlindIndexField) and each.source == field]
