"""May this person's data be used for that? Asked wherever data is used for a purpose of its own."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from allonce.kernel.declarations import PURPOSES
from allonce.kernel.privacy.rights.models import Limit

# What a restriction leaves (Article 18(2)): keeping the data, duties of law, and claims.
LEFT_BY_RESTRICTION = frozenset({"storage", "legal", "claims"})
PROFILING = "profiling"
# Article 21(2): to this everybody may object, whatever it rests on.
DIRECT_MARKETING = "marketing"

Row = TypeVar("Row", bound=Model)


def may_process(person_id: UUID, purpose: str) -> bool:
    """Whether this person's data may be used for `purpose` now: a key of PURPOSES, "storage", "claims" or "profiling".

    What the person does here themself is done with their will and need not ask.
    """
    return not _standing(purpose).filter(person_id=person_id).exists()


def processable(rows: "QuerySet[Row]", purpose: str, person: str = "person_id") -> "QuerySet[Row]":
    """The rows whose people's data may be used for `purpose`; `person` is the look-up of the person's id in a row."""
    return rows.exclude(Exists(_standing(purpose).filter(person_id=OuterRef(person))))


def limits_of(person_id: UUID) -> "QuerySet[Limit]":
    """What stands for this person, oldest first."""
    return Limit.objects.standing().filter(person_id=person_id).order_by("made_at")


def restricted(ids: Iterable[UUID]) -> set[UUID]:
    """Those of these people whose processing is restricted."""
    standing = Limit.objects.standing().filter(person_id__in=list(ids), kind=Limit.Kind.RESTRICTION)
    return set(standing.values_list("person_id", flat=True))


def objectionable() -> dict[str, Any]:
    """The purposes that a person may object to, by code."""
    return {code: each for code, each in PURPOSES.items() if each.may_be_objected_to or code == DIRECT_MARKETING}


def _standing(purpose: str) -> "QuerySet[Limit]":
    """The limits that forbid a purpose, whoever's they are."""
    against = Q(kind=Limit.Kind.OBJECTION, purpose=purpose)
    if purpose not in LEFT_BY_RESTRICTION:
        against |= Q(kind=Limit.Kind.RESTRICTION)
    known = PURPOSES.get(purpose)
    if known is not None and known.profiling:
        against |= Q(kind=Limit.Kind.OBJECTION, purpose=PROFILING)
    return Limit.objects.standing().filter(against)


class Limits:
    """Answers the rooms to the left that use people's data."""

    def may_process(self, person_id: UUID, purpose: str) -> bool:
        return may_process(person_id, purpose)

    def restricted(self, ids: Iterable[UUID]) -> set[UUID]:
        return restricted(ids)
