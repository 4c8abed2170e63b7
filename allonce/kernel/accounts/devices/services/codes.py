"""Registration codes: issued by Setup for one User, told to that person, good once and for a day."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction

from allonce.kernel import audit, vault
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Person, RegistrationCode, User
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.vault import Scope

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class IssuedCode:
    """The code as it is shown, this one time, and an address for the phone's camera."""

    code: str
    expires_at: datetime
    link: str


@transaction.atomic
def issue_code(access: AccountAccess, user: User) -> IssuedCode:
    """A new code for this User; older ones stop working. Audited."""
    if not access.may_write or not user.active:
        raise NotFound
    RegistrationCode.objects.filter(user=user, used_at=None).delete()
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    row = RegistrationCode.objects.create(
        account_id=user.account_id,
        user=user,
        code_hash=_hash(user.account_id, text),
        issued_by_id=access.person.id,
        expires_at=now() + LIFETIME,
    )
    target = f"accounts.User:{user.id}"
    audit.record("user.code_issued", actor=access.actor, account_id=user.account_id, target=target)
    shown = f"{text[:5]}-{text[5:]}"
    return IssuedCode(shown, row.expires_at, phone_link(access.account.email, user.user_id, shown))


def phone_link(email: str, user_id: str, code: str) -> str:
    """Opens Mobile with the registration filled in. Behind the #, so that no server's log ever sees it."""
    values = urlencode({"email": email, "user_id": user_id, "code": code})
    return f"{settings.PUBLIC_URL}/mobile/#register?{values}"


def code_of(user: User, typed: str) -> RegistrationCode | None:
    """The standing code of this User that was typed, however it was spaced, or None."""
    text = "".join(character for character in typed.upper() if character.isalnum())
    standing = RegistrationCode.objects.filter(user=user, used_at=None, expires_at__gt=now())
    return standing.filter(code_hash=_hash(user.account_id, text)).first()


def use_code(code: RegistrationCode) -> bool:
    """Use the code up; False when somebody else just did."""
    return RegistrationCode.objects.filter(pk=code.pk, used_at=None).update(used_at=now()) == 1


def withdraw_codes_of(person: Person) -> None:
    """Codes that this person issued are good no longer: a thief may have issued them."""
    RegistrationCode.objects.filter(issued_by=person, used_at=None).delete()


def _hash(account_id: UUID, text: str) -> str:
    return vault.keyed_hash(Scope("account", account_id), "registration_code", text)
