"""Who belongs to an account, and colleagues asked to join. Only owners change this."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Account, Invitation, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.ports import joining_listeners
from allonce.kernel.accounts.services import admission, mails, people, tokens
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.vault import blind_index

INVITATION_LIFETIME = timedelta(days=7)
INVITATIONS = (30, timedelta(days=1))


class UnableToInvite(UserError):
    """This colleague cannot be invited; `fields` says why."""

    code = "unable_to_invite"


class LastOwner(UserError):
    """An account always has an owner who answers for it."""

    code = "last_owner"


def invite(access: AccountAccess, email: str, role: str) -> Invitation:
    """Mail a colleague a link to join in this role, good for a week; replaces an open invitation. Audited."""
    throttle.hit("invitation", str(access.account.id), *INVITATIONS)
    _require_owner(access)
    if role not in Role.values:
        raise UnableToInvite(_("Choose a role."), fields={"role": _("Choose a role.")})
    return _invite(access, email.strip(), role)


@transaction.atomic
def _invite(access: AccountAccess, email: str, role: str) -> Invitation:
    index = blind_index("accounts.Invitation.email", email)
    if Membership.objects.filter(account=access.account, person=Person.objects.with_email(email)).exists():
        message = _("This person already belongs to the account.")
        raise UnableToInvite(message, fields={"email": message})
    _withdraw_open(Invitation.objects.filter(account=access.account, email_index=index))
    invitation = Invitation(
        account=access.account,
        email=email,
        role=role,
        invited_by=access.person,
        expires_at=now() + INVITATION_LIFETIME,
    )
    invitation.save(force_insert=True)
    _record("invitation.sent", access.actor, invitation, {"role": role})
    mails.send_invitation(invitation, tokens.sign("invite", invitation.id))
    return invitation


@transaction.atomic
def invite_owner(account: Account, email: str, who: str, *, actor: Actor) -> Invitation:
    """Mail the first owner of an account that `who` opened for them the link to take it over. Audited."""
    expires = now() + INVITATION_LIFETIME
    invitation = Invitation(account=account, email=email.strip(), role=Role.OWNER, expires_at=expires)
    invitation.save(force_insert=True)
    _record("invitation.sent", actor, invitation, {"role": str(Role.OWNER)})
    mails.send_invitation(invitation, tokens.sign("invite", invitation.id), who)
    return invitation


@transaction.atomic
def withdraw(access: AccountAccess, invitation_id: UUID) -> None:
    """Make the mailed link worthless; audited."""
    _require_owner(access)
    invitation = Invitation.objects.filter(account=access.account, pk=invitation_id).first()
    if invitation is None:
        raise NotFound
    if _withdraw_open(Invitation.objects.filter(pk=invitation.pk)):
        _record("invitation.withdrawn", access.actor, invitation, {})


@transaction.atomic
def accept(invitation: Invitation, person: Person) -> Membership:
    """Join the account with the role offered; LinkNotValid when the link was used meanwhile. Audited."""
    used = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not used.update(accepted_at=now()):
        raise tokens.LinkNotValid
    membership, _made = Membership.objects.get_or_create(
        account=invitation.account, person=person, defaults={"role": invitation.role}
    )
    for listener in joining_listeners():
        listener.joined(membership)
    _record("invitation.accepted", Actor(kind="person", id=person.id), invitation, {"role": membership.role})
    return membership


def accept_as_new(invitation: Invitation, name: str, password: str, answers: Mapping[str, Any]) -> Person:
    """Join as somebody who had no sign-in yet; the mailed link has proved the address.

    Raises LinkNotValid or UnfitPassword; or NotAdmitted, after forgetting the invitation.
    """
    admission.require(invitation, answers)
    return _join(invitation, name, password)


@transaction.atomic
def _join(invitation: Invitation, name: str, password: str) -> Person:
    person = people.create_person(people.NewPerson(invitation.email, name, password))
    accept(invitation, person)
    return person


@transaction.atomic
def change_role(access: AccountAccess, membership_id: int, role: str) -> None:
    """Give a colleague another role; LastOwner when nobody would answer for the account. Audited."""
    membership = _membership(access, membership_id)
    if role not in Role.values:
        raise NotFound
    if membership.role == role:
        return
    membership.role = role
    membership.save(update_fields=["role"])
    _require_an_owner(access)
    _record("membership.role_changed", access.actor, membership, {"role": role})


@transaction.atomic
def remove(access: AccountAccess, membership_id: int) -> None:
    """Take a colleague out of the account; LastOwner when nobody would answer for it. Audited."""
    membership = _membership(access, membership_id)
    _record("membership.removed", access.actor, membership, {"person": str(membership.person_id)})
    membership.delete()
    _require_an_owner(access)


def _membership(access: AccountAccess, membership_id: int) -> Membership:
    _require_owner(access)
    # One change at a time in an account: two owners could otherwise each remove the other.
    everybody = {each.pk: each for each in Membership.objects.select_for_update().filter(account=access.account)}
    found = everybody.get(membership_id)
    if found is None:
        raise NotFound
    return found


def _require_owner(access: AccountAccess) -> None:
    if not access.is_owner:
        raise NotFound


def _require_an_owner(access: AccountAccess) -> None:
    if not Membership.objects.filter(account=access.account, role=Role.OWNER).exists():
        raise LastOwner(_("Somebody must answer for the account. Make a colleague owner first."))


def _withdraw_open(invitations: "models.QuerySet[Invitation]") -> int:
    return invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=now())


def _record(action: str, actor: Actor, row: Invitation | Membership, data: dict[str, str]) -> None:
    target = f"{row._meta.label}:{row.pk}"
    audit.record(action, actor=actor, account_id=row.account_id, target=target, data=data)
