"""Staff looking into an account, or at a person: only with a reason, and never behind their back."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel.audit.actor import Actor
from allonce.kernel.audit.models import Look, PersonLook
from allonce.kernel.audit.writing import record
from allonce.kernel.errors import UserError

SHORTEST_REASON = 10


class ReasonNeeded(UserError):
    """Staff may not look without saying why."""

    code = "reason_needed"
    message = gettext_lazy("Say why you need to look, in ten characters or more: whoever it is about will see it.")


def record_look(actor: Actor, account_id: UUID, reason: str) -> Look:
    """Note that `actor` (staff) looks into an account now. Raises ReasonNeeded."""
    staff_id = _looking(actor, reason)
    with transaction.atomic():
        look = Look(account_id=account_id, staff_id=staff_id, reason=reason.strip())
        look.entry = record("audit.looked", actor=actor, account_id=account_id, target=f"audit.Look:{look.id}")
        look.save(force_insert=True)
    return look


def record_person_look(actor: Actor, person_id: UUID, reason: str) -> PersonLook:
    """Note that `actor` (staff) looks at what is held of a person now. Raises ReasonNeeded."""
    staff_id = _looking(actor, reason)
    with transaction.atomic():
        look = PersonLook(person_id=person_id, staff_id=staff_id, reason=reason.strip())
        look.entry = record("audit.looked_at_person", actor=actor, target=f"audit.PersonLook:{look.id}")
        look.save(force_insert=True)
    return look


def person_looks(person_id: UUID) -> QuerySet[PersonLook]:
    """Every look at what is held of the person, newest first."""
    return PersonLook.objects.filter(person_id=person_id).order_by("-entry")


def _looking(actor: Actor, reason: str) -> UUID:
    if actor.kind != "staff" or actor.id is None:
        raise ValueError("only staff look; people of the account simply use it")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded(fields={"reason": str(ReasonNeeded.message)})
    return actor.id


def looks(account_id: UUID) -> QuerySet[Look]:
    """Every look into the account, newest first."""
    return Look.objects.filter(account_id=account_id).order_by("-entry")
