"""What the Operator's staff do from their console; each act is audited under their own name."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess, access_look, living_looks
from allonce.kernel.accounts.models import Account, Membership, Person, SignInSession, StaffLook
from allonce.kernel.accounts.ports import conduct_desk
from allonce.kernel.accounts.services import compromise
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound

LOOK_MINUTES = (15, 30, 60)
SHORTEST_REASON = 10


@transaction.atomic
def start_look(staff: StaffAccess, account_id: UUID, reason: str, minutes: int) -> StaffLook:
    """Open an account for reading, for a reason and some minutes. It sees who, when and why."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None or minutes not in LOOK_MINUTES:
        raise NotFound
    living_looks().filter(staff=staff.person, account=account).update(ended_at=now())
    seen = audit.record_look(staff.actor, account.id, reason.strip())
    return StaffLook.objects.create(
        account=account, staff=staff.person, audit_look_id=seen.id, until=now() + timedelta(minutes=minutes)
    )


def enter(session: SignInSession, look: StaffLook) -> None:
    """Let this browser read the account's office pages while the look lasts."""
    SignInSession.objects.filter(pk=session.pk).update(look=look)


@transaction.atomic
def end_look(staff: StaffAccess, look_id: int) -> None:
    """Close the account again."""
    look = StaffLook.objects.filter(staff=staff.person, pk=look_id).first()
    if look is None:
        raise NotFound
    if living_looks().filter(pk=look.pk).update(ended_at=now()):
        target = f"accounts.StaffLook:{look.pk}"
        audit.record("look.ended", actor=staff.actor, account_id=look.account_id, target=target, data={})


def require_password_change(staff: StaffAccess, account_id: UUID, person_id: UUID) -> None:
    """Make a person of an account under look choose a new password; audited."""
    compromise.require_change(_person(staff, account_id, person_id), account_id, actor=staff.actor)


def conduct_case(staff: StaffAccess, account_id: UUID, person_id: UUID) -> str:
    """The address of the case in which it is decided about a person of an account under look; opened if need be."""
    person = _person(staff, account_id, person_id)
    return conduct_desk().case_about(staff, person.id)


def _person(staff: StaffAccess, account_id: UUID, person_id: UUID) -> Person:
    access_look(staff, account_id)
    membership = Membership.objects.filter(account_id=account_id, person_id=person_id).select_related("person").first()
    if membership is None:
        raise NotFound
    return membership.person
