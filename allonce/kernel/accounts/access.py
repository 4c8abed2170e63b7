"""The one door to an account's data. Missing and forbidden give the same answer: not found."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.models import Account, Duty, Membership, Person, SignInSession, StaffDuty, StaffLook
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError

READING = frozenset({"GET", "HEAD", "OPTIONS"})
IN_THE_OFFICE = frozenset({Role.OWNER, Role.OFFICE, Role.VIEWER})


class NotSignedIn(UserError):
    """Nobody is signed in here, or no longer; a page that is asked for as a whole leads to sign-in instead."""

    code = "not_signed_in"
    status = 401
    message = gettext_lazy("You are signed out. Sign in again.")


class SecondFactorNeeded(UserError):
    """Staff work only after a passkey or a recovery code was used in this very session."""

    code = "second_factor_needed"
    status = 403
    message = gettext_lazy("Use your passkey first: the console opens only after it.")


class AgreementEnded(UserError):
    """The account's agreement ended: its owners may read and export, nobody may work in it."""

    code = "agreement_ended"
    status = 403
    message = gettext_lazy(
        "The agreement of this account has ended. Its owners can still read and download what is there; "
        "your own sign-in stays as it is."
    )


@dataclass(frozen=True)
class AccountAccess:
    """Who may do what in which account, for one request."""

    account: Account
    person: Person
    role: Role
    actor: Actor
    look: StaffLook | None = None

    @property
    def may_write(self) -> bool:
        """False for viewers and for the Operator's staff; agents write only where their role is let in at all."""
        return self.role != Role.VIEWER

    @property
    def is_owner(self) -> bool:
        """Owners answer for the account: people, activity, devices."""
        return self.role == Role.OWNER


@dataclass(frozen=True)
class StaffAccess:
    """A member of the Operator's own account, at the Operator's console."""

    account: Account
    person: Person
    role: Role
    actor: Actor
    duties: frozenset[str] = frozenset()


def current_session(request: HttpRequest) -> SignInSession:
    """The living session behind this request, or NotSignedIn."""
    session: SignInSession | None = getattr(request, "sign_in_session", None)
    if session is None:
        raise NotSignedIn
    return session


def access_account(request: HttpRequest, *roles: str, although_ended: bool = False) -> AccountAccess:
    """Open the account this session works in, if the person's role there is one of `roles` (any but agent if none).

    Agents answer visitors and see nothing else, so they get in only where their role is named. Raises NotSignedIn,
    AgreementEnded for anything but reading by owners once the agreement ended (unless `although_ended`), or NotFound
    for whatever else is wrong. On success only this account's rows are visible to the rest of the request.
    """
    session = current_session(request)
    with tenancy.across_accounts():
        access = _by_look(session) or _by_membership(session)
    if access is None or access.role not in (roles or IN_THE_OFFICE):
        raise NotFound()
    if access.look is not None and request.method not in READING:
        raise NotFound()
    if access.account.ended_at and not although_ended and not _may_still_read(access, request):
        raise AgreementEnded
    tenancy.open_account(access.account.id)
    return access


def access_operator(request: HttpRequest, *duties: str) -> StaffAccess:
    """Let the Operator's own staff in who hold one of `duties` (any if none); to others the console does not exist.

    Raises NotSignedIn, NotFound, or SecondFactorNeeded while this session has only a password behind it.
    """
    session = current_session(request)
    with tenancy.across_accounts():
        membership = _as_staff(session.person)
        held = duties_of(membership) if membership else frozenset()
    if membership is None or (duties and not held.intersection(duties)):
        raise NotFound()
    if session.second_factor_at is None:
        raise SecondFactorNeeded()
    actor = Actor(kind="staff", id=session.person_id, via=session.id)
    return StaffAccess(membership.account, session.person, Role(membership.role), actor, held)


def staff_with(duty: str) -> list[Person]:
    """Everybody of the Operator's staff who holds this duty."""
    members = Membership.objects.filter(account__kind=Account.Kind.OPERATOR).select_related("person")
    return [each.person for each in members if duty in duties_of(each)]


def duties_of(membership: Membership) -> frozenset[str]:
    """What a member of the Operator's account may do: what was granted since they joined; owners administer."""
    granted = StaffDuty.objects.filter(
        person_id=membership.person_id, withdrawn_at=None, granted_at__gte=membership.created_at
    )
    own = {Duty.ADMIN.value} if membership.role == Role.OWNER else set()
    return frozenset(granted.values_list("duty", flat=True)) | own


def is_staff(person: Person) -> bool:
    """Whether the person belongs to the Operator's own account."""
    with tenancy.across_accounts():
        return _as_staff(person) is not None


def access_look(staff: StaffAccess, account_id: UUID) -> StaffLook:
    """This staff member's look at the account while it lasts; NotFound without one."""
    look = living_looks().filter(staff=staff.person, account_id=account_id).first()
    if look is None:
        raise NotFound()
    return look


def living_looks() -> QuerySet[StaffLook]:
    """Looks that have neither ended nor run out."""
    return StaffLook.objects.filter(ended_at=None, until__gt=now())


def _may_still_read(access: AccountAccess, request: HttpRequest) -> bool:
    return request.method in READING and (access.is_owner or access.look is not None)


def _by_look(session: SignInSession) -> AccountAccess | None:
    if session.look_id is None:
        return None
    looks = living_looks().filter(pk=session.look_id, staff=session.person)
    look = looks.select_related("account").first()
    if look is None or _as_staff(session.person) is None:
        return None
    actor = Actor(kind="staff", id=session.person_id, via=session.id)
    return AccountAccess(look.account, session.person, Role.VIEWER, actor, look)


def _by_membership(session: SignInSession) -> AccountAccess | None:
    memberships = _memberships(session.person)
    last = memberships.filter(account_id=session.account_id).first() if session.account_id else None
    chosen = last or memberships.order_by(F("account__ended_at").asc(nulls_first=True), "created_at").first()
    if chosen is None:
        return None
    actor = Actor(kind="person", id=session.person_id, via=session.id)
    return AccountAccess(chosen.account, session.person, Role(chosen.role), actor)


def _as_staff(person: Person) -> Membership | None:
    return _memberships(person).filter(account__kind=Account.Kind.OPERATOR).first()


def _memberships(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person).select_related("account").order_by("created_at")
