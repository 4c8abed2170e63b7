"""People of a restored account come back as invitations: nobody is put into an account without having agreed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Account, Invitation
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import mails, memberships, tokens
from allonce.kernel.clock import now
from allonce.project.backup.account.reading import NotABackup

# A file from anywhere must not make this installation write to half the world.
MOST_PEOPLE = 500
MOST_BY_OWNER = 30


def invite_people(account: Account, people: Any, access: AccountAccess | None) -> int:
    """Mail everybody of the backup a link to join in their former role, but for who restores it. Returns how many."""
    found = _checked(people, MOST_BY_OWNER if access else MOST_PEOPLE)
    present = access.person.email.casefold() if access else ""
    others = {email: role for email, role in found.items() if email.casefold() != present}
    for email, role in others.items():
        _invite(account, email, role, access)
    return len(others)


def _invite(account: Account, email: str, role: str, access: AccountAccess | None) -> None:
    until = now() + memberships.INVITATION_LIFETIME
    invited_by = access.person if access else None
    invitation = Invitation(account=account, email=email, role=role, invited_by=invited_by, expires_at=until)
    invitation.save(force_insert=True)
    mails.send_invitation(invitation, tokens.sign("invite", invitation.id))


def _checked(people: Any, most: int) -> dict[str, str]:
    if not isinstance(people, list) or len(people) > most:
        raise NotABackup
    found: dict[str, str] = {}
    for each in people:
        email, role = each["email"], each["role"]
        try:
            validate_email(email)
        except ValidationError as error:
            raise NotABackup from error
        if role not in Role.values:
            raise NotABackup
        found[email] = role
    return found
