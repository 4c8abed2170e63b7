"""What the account pages and the Operator's console read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.access import duties_of
from allonce.kernel.accounts.models import (
    Account,
    Entitlement,
    Invitation,
    Membership,
    Passkey,
    Person,
    SignInSession,
    StaffLook,
)
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.ports import account_counts, restricted
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now


def members(account_id: UUID) -> QuerySet[Membership]:
    """Everybody in the account, longest-standing first."""
    return Membership.objects.filter(account_id=account_id).select_related("person").order_by("created_at")


@dataclass(frozen=True)
class MemberLine:
    """Somebody of an account as staff see them; while `restricted` their name and address stay closed."""

    membership: Membership
    restricted: bool

    @property
    def called(self) -> str:
        """How the page speaks of them."""
        return _("this person") if self.restricted else self.membership.person.name


def members_for_staff(account_id: UUID) -> list[MemberLine]:
    """Everybody in the account, for staff who look into it."""
    everybody = list(members(account_id))
    closed = restricted(each.person_id for each in everybody)
    return [MemberLine(each, each.person_id in closed) for each in everybody]


def open_invitations(account_id: UUID) -> QuerySet[Invitation]:
    """Colleagues who were asked and may still join."""
    rows = Invitation.objects.filter(account_id=account_id, accepted_at=None, withdrawn_at=None)
    return rows.filter(expires_at__gt=now()).select_related("invited_by").order_by("created_at")


def accounts_of(person: Person) -> QuerySet[Membership]:
    """The accounts among which a person can switch."""
    return Membership.objects.filter(person=person).select_related("account").order_by("created_at")


def living_sessions(person: Person) -> QuerySet[SignInSession]:
    """Where the person is signed in, latest seen first."""
    return SignInSession.objects.filter(person=person, ended_at=None).order_by("-last_seen_at")


def passkeys_of(person: Person) -> QuerySet[Passkey]:
    """The person's passkeys, oldest first."""
    return Passkey.objects.filter(person=person).order_by("created_at")


def services_of(account_id: UUID) -> QuerySet[Entitlement]:
    """What the account may use today."""
    return entitlements.standing(account_id).order_by("service")


@dataclass(frozen=True)
class AccountLine:
    """An account as the Operator sees it without opening it: nothing personal."""

    account: Account
    services: list[Entitlement]
    people: int
    last_seen: object


def account_lines() -> list[AccountLine]:
    """All subscribing accounts, newest first. No sealed field is read."""
    rows = _without_personal_fields().annotate(
        people=Count("memberships", distinct=True),
        last_seen=Max("memberships__person__sign_in_sessions__last_seen_at"),
    )
    granted: dict[UUID, list[Entitlement]] = {}
    for each in Entitlement.objects.filter(withdrawn_at=None).order_by("service"):
        granted.setdefault(each.account_id, []).append(each)
    return [AccountLine(row, granted.get(row.id, []), row.people, row.last_seen) for row in rows]


def account_line(account_id: UUID) -> AccountLine | None:
    """One subscribing account without its personal fields, or None."""
    return next((line for line in account_lines() if line.account.id == account_id), None)


def numbers_of(account_id: UUID) -> dict[str, int]:
    """What products count in an account."""
    return account_counts(account_id)


def look_of(staff: Person, account_id: UUID) -> StaffLook | None:
    """The staff member's living look at an account, if there is one."""
    living = Q(ended_at=None, until__gt=now())
    return StaffLook.objects.filter(living, staff=staff, account_id=account_id).first()


@dataclass(frozen=True)
class StaffLine:
    """A member of the Operator's staff and what they may do."""

    membership: Membership
    duties: frozenset[str]
    has_passkey: bool


def staff_lines() -> list[StaffLine]:
    """Everybody on the Operator's staff, longest-standing first."""
    rows = Membership.objects.filter(account__kind=Account.Kind.OPERATOR).select_related("person")
    return [StaffLine(each, duties_of(each), each.person.passkeys.exists()) for each in rows.order_by("created_at")]


def staff_with(*duties: str) -> list[Person]:
    """The staff who hold one of these duties now and can sign in."""
    living = [line for line in staff_lines() if line.membership.person.is_active]
    return [line.membership.person for line in living if line.duties.intersection(duties)]


CHECKED_AT_ONCE = 1000


@dataclass(frozen=True)
class ChainState:
    """Whether the end of the audit record is whole: quick to know. `allonce audit` walks all of it."""

    entries: int
    checked: int
    broken_at: int | None


def chain_state() -> ChainState:
    """The audit record's length, and what a look at its last entries found."""
    entries = Entry.objects.count()
    fault = audit.verify_end(CHECKED_AT_ONCE)
    return ChainState(entries, min(entries, CHECKED_AT_ONCE), fault.number if fault else None)


def sessions_in(account_id: UUID) -> QuerySet[SignInSession]:
    """Where people of the account work in it now, latest seen first."""
    working = SignInSession.objects.filter(account_id=account_id, ended_at=None)
    members = Membership.objects.filter(account_id=account_id).values("person_id")
    return working.filter(person_id__in=members).select_related("person").order_by("-last_seen_at")


@dataclass(frozen=True)
class SeenLine:
    """One look of the Operator's staff, as the person concerned reads it. `account` is None for looks at the person."""

    at: datetime
    staff_id: UUID
    account: Account | None
    reason: str


def looks_at(person: Person) -> list[SeenLine]:
    """Looks at the person, and into accounts they belong to; viewers are not told an account's reasons."""
    own = [SeenLine(each.at, each.staff_id, None, each.reason) for each in audit.person_looks(person.id)]
    into = [
        SeenLine(look.at, look.staff_id, each.account, "" if each.role == Role.VIEWER else look.reason)
        for each in accounts_of(person)
        for look in audit.looks(each.account_id).filter(at__gte=each.created_at)
    ]
    return sorted(own + into, key=lambda line: line.at, reverse=True)


def _without_personal_fields() -> QuerySet[Account]:
    subscribers = Account.objects.filter(kind=Account.Kind.SUBSCRIBER, closed_at=None)
    return subscribers.only("id", "kind", "created_at").order_by("-created_at")
