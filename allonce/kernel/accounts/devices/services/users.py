"""Users: added, edited, switched off and on again by Setup."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.devices.services.unregistering import unregister_devices_of
from allonce.kernel.accounts.models import User
from allonce.kernel.accounts.models.devices import MAX_DISCOUNT_BP
from allonce.kernel.errors import NotFound, UserError

USER_ID = re.compile(r"[A-Z0-9]{1,8}")
LONGEST_NAME = 80


class UnableToSaveUser(UserError):
    """Something about the User's details is wrong; `fields` tells what."""

    code = "unable_to_save_user"
    status = 422
    message = gettext_lazy("Please check the marked entries.")


@dataclass(frozen=True)
class UserDetails:
    """What Setup says of a User; the discount limit in basis points."""

    user_id: str
    name: str
    max_discount_bp: int

    def tidy(self) -> "UserDetails":
        """The same with the User ID in capitals and without stray spaces."""
        return UserDetails(self.user_id.strip().upper(), self.name.strip(), self.max_discount_bp)


def user_of(access: AccountAccess, user_pk: UUID) -> User:
    """A User of this account, or NotFound."""
    user = User.objects.filter(account_id=access.account.id, pk=user_pk).first()
    if user is None:
        raise NotFound
    return user


def add_user(access: AccountAccess, details: UserDetails) -> User:
    """A new User, not registered on any device yet. Raises UnableToSaveUser; audited."""
    user = User(account_id=access.account.id)
    return _save(access, user, details.tidy(), "user.added")


def edit_user(access: AccountAccess, user: User, details: UserDetails) -> User:
    """Change a User's details; the phone learns them at its next synchronisation. Audited."""
    return _save(access, user, details.tidy(), "user.edited")


@transaction.atomic
def deactivate_user(access: AccountAccess, user: User) -> None:
    """The User may work no longer: their device is unregistered too. Audited."""
    _require_writer(access)
    unregister_devices_of(user, actor=access.actor)
    _switch(access, user, active=False)


@transaction.atomic
def activate_user(access: AccountAccess, user: User) -> None:
    """The User may register a device again. Audited."""
    _require_writer(access)
    _switch(access, user, active=True)


def _switch(access: AccountAccess, user: User, *, active: bool) -> None:
    user.active = active
    user.save(update_fields=["active"])
    _record(access, user, "user.activated" if active else "user.deactivated")


def _save(access: AccountAccess, user: User, details: UserDetails, action: str) -> User:
    _require_writer(access)
    _check(details)
    user.user_id, user.name, user.max_discount_bp = details.user_id, details.name, details.max_discount_bp
    try:
        with transaction.atomic():
            user.save()
            _record(access, user, action)
    except IntegrityError as error:
        raise UnableToSaveUser(fields={"user_id": _("Another User has this ID already.")}) from error
    return user


def _check(details: UserDetails) -> None:
    wrong: dict[str, str] = {}
    if not USER_ID.fullmatch(details.user_id):
        wrong["user_id"] = _("Use one to eight letters and digits, such as JB.")
    if not 0 < len(details.name) <= LONGEST_NAME:
        wrong["name"] = _("Enter a name of up to 80 characters.")
    if not 0 <= details.max_discount_bp <= MAX_DISCOUNT_BP:
        wrong["max_discount"] = _("Enter a percentage from 0 to 100.")
    if wrong:
        raise UnableToSaveUser(fields=wrong)


def _require_writer(access: AccountAccess) -> None:
    if not access.may_write:
        raise NotFound


def _record(access: AccountAccess, user: User, action: str) -> None:
    target = f"accounts.User:{user.pk}"
    audit.record(action, actor=access.actor, account_id=access.account.id, target=target)
