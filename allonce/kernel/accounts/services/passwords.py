"""Passwords: the rules they meet, checking them in even time, and changing them."""

from typing import Any

from django.contrib.auth.hashers import check_password, get_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import tokens, traces
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError


class UnfitPassword(UserError):
    """The password breaks a rule; `fields["password"]` says which."""

    code = "unfit_password"


class WrongPassword(UserError):
    """The present password, asked for again, was not right."""

    code = "wrong_password"


def require_fit(password: str, *, email: str, name: str) -> None:
    """Raise UnfitPassword unless the password meets the rules and is not the person's own name or address."""
    try:
        validate_password(password, _Named(email, name))  # type: ignore[arg-type]
    except ValidationError as error:
        reason = " ".join(error.messages)
        raise UnfitPassword(reason, fields={"password": reason}) from error


def matches(person: Person | None, password: str) -> bool:
    """Whether the password is right. For an unknown person the same work is done in vain, so that
    the time of the answer does not tell who has an account here."""
    if person is None:
        check_password(password, _decoy())
        return False
    return person.check_password(password)


def require_present(person: Person, password: str) -> None:
    """Raise WrongPassword unless this is the person's present password."""
    if not matches(person, password):
        message = _("That is not your present password.")
        raise WrongPassword(message, fields={"present": message})


@transaction.atomic
def change(person: Person, password: str, *, actor: Actor) -> None:
    """Set a new password that meets the rules and differs from the old one; mailed links to do so end. Audited."""
    require_fit(password, email=person.email, name=person.name)
    if person.check_password(password):
        message = _("Choose a password that you have not used here before.")
        raise UnfitPassword(message, fields={"password": message})
    person.set_password(password)
    person.password_changed_at = now()
    person.password_change_required = False
    person.save(update_fields=["password", "password_changed_at", "password_change_required"])
    tokens.withdraw_resets(person)
    target = f"accounts.Person:{person.id}"
    audit.record("password.changed", actor=actor, account_id=traces.account_of(actor), target=target, data={})


class _Named:
    """What Django's similarity rule compares a password with."""

    def __init__(self, email: str, name: str) -> None:
        self.username = self.email = email
        self.first_name = self.last_name = name
        self._meta: Any = Person._meta


_decoys: dict[str, str] = {}


def _decoy() -> str:
    """A hash of no password, made by the hasher in use, once per process."""
    algorithm = str(get_hasher().algorithm)
    if algorithm not in _decoys:
        _decoys[algorithm] = make_password("no password")
    return _decoys[algorithm]
