"""Who of the Operator's staff may do what; granted and withdrawn by those who administer."""

from uuid import UUID

from django.db import IntegrityError, transaction

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Account, Duty, Membership, Person, StaffDuty
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound


@transaction.atomic
def grant(staff: StaffAccess, person_id: UUID, duty: str) -> None:
    """Give a colleague (or oneself, which everybody on the staff can see) a duty; safe to repeat. Audited.

    Raises NotFound without the duty `admin`, for anybody outside the staff, and for an unknown duty.
    """
    colleague = _colleague(staff, person_id, duty)
    _give(colleague, duty, by=staff.person, actor=staff.actor, account_id=staff.account.id)


@transaction.atomic
def withdraw(staff: StaffAccess, person_id: UUID, duty: str) -> None:
    """Take a duty back at once; safe to repeat. Audited. Raises NotFound as `grant` does."""
    colleague = _colleague(staff, person_id, duty)
    standing = StaffDuty.objects.filter(person=colleague, duty=duty, withdrawn_at=None)
    if standing.update(withdrawn_at=now()):
        _record("duty.withdrawn", colleague, duty, staff.actor, staff.account.id)


def give_all(person: Person, account_id: UUID, *, actor: Actor) -> None:
    """Every duty, for the first of a new installation's staff, whom nobody else could grant any. Audited."""
    for duty in Duty.values:
        _give(person, duty, by=None, actor=actor, account_id=account_id)


def _give(person: Person, duty: str, *, by: Person | None, actor: Actor, account_id: UUID) -> None:
    standing = StaffDuty.objects.filter(person=person, duty=duty, withdrawn_at=None)
    # One that outlived an earlier membership counts no longer, and would stand in the way.
    joined = Membership.objects.filter(person=person, account_id=account_id).values("created_at")
    standing.filter(granted_at__lt=joined[:1]).update(withdrawn_at=now())
    if standing.exists():
        return
    try:
        with transaction.atomic():
            StaffDuty.objects.create(person=person, duty=duty, granted_by=by)
    except IntegrityError:
        return  # a colleague granted it in this very moment
    _record("duty.granted", person, duty, actor, account_id)


def _colleague(staff: StaffAccess, person_id: UUID, duty: str) -> Person:
    if Duty.ADMIN not in staff.duties or duty not in Duty.values:
        raise NotFound
    members = Membership.objects.filter(account__kind=Account.Kind.OPERATOR, person_id=person_id)
    membership = members.select_related("person").first()
    if membership is None:
        raise NotFound
    return membership.person


def _record(action: str, person: Person, duty: str, actor: Actor, account_id: UUID) -> None:
    target = f"accounts.Person:{person.id}"
    audit.record(action, actor=actor, account_id=account_id, target=target, data={"duty": duty})
