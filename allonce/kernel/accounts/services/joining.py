"""Ways in through a mailbox: sign-up, a forgotten password, a new address.

Whoever asks never learns who is known here.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.even_time import in_even_time
from allonce.kernel.accounts.models import Account, MailedToken, Person, SignUpRequest
from allonce.kernel.accounts.services import admission, mails, passwords, people, sessions, tokens
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError

PER_EMAIL = (5, timedelta(hours=1))
PER_ADDRESS = (30, timedelta(hours=1))


class AddressTaken(UserError):
    """The address, now proved, already belongs to somebody else."""

    code = "address_taken"
    status = 409


class NewOwner(NamedTuple):
    """What somebody says of themselves and their business."""

    name: str
    account_name: str
    password: str


class FinishedSignUp(NamedTuple):
    person: Person
    account: Account


def ask_to_sign_up(request: HttpRequest, email: str) -> None:
    """Mail a link to open an account, or a word that the address is known already; the time does not tell which."""
    _count("sign-up", request, email)
    with in_even_time(), transaction.atomic():
        known = Person.objects.with_email(email)
        if known is not None:
            mails.send_known_already(known)
            return
        mails.send_sign_up(email, tokens.issue_sign_up(email))


def ask_for_another_account(person: Person, email: str) -> None:
    """Mail the link with which a signed-in person opens one more account with an address of its own."""
    throttle.hit("another-account", str(person.id), *PER_EMAIL)
    with transaction.atomic():
        mails.send_sign_up(email, tokens.issue_sign_up(email))


def finish_sign_up(request: SignUpRequest, new: NewOwner, answers: Mapping[str, Any]) -> FinishedSignUp:
    """Open the account with the proved address.

    Raises LinkNotValid, UnfitPassword or UnableToSignUp; or NotAdmitted, after forgetting all of the attempt.
    """
    admission.require(request, answers)
    return _open_account(request, new)


@transaction.atomic
def _open_account(request: SignUpRequest, given: NewOwner) -> FinishedSignUp:
    tokens.use_up(request)
    if Person.objects.with_email(request.email) is not None:
        raise AddressTaken(_("This address has a sign-in already. Sign in with it."))
    new = people.NewPerson(request.email, given.name, given.password)
    return FinishedSignUp(*people.sign_up(new, people.NewAccount(given.account_name, request.email)))


@transaction.atomic
def finish_another_account(request: SignUpRequest, owner: Person, account_name: str) -> Account:
    """One more account for somebody who is signed in. Raises LinkNotValid or UnableToSignUp."""
    tokens.use_up(request)
    return people.open_account(owner, people.NewAccount(account_name, request.email))


def ask_to_reset(request: HttpRequest, email: str) -> None:
    """Mail a link for a new password to the person, if there is one; the time of the answer does not tell."""
    _count("reset", request, email)
    with in_even_time(), transaction.atomic():
        person = Person.objects.with_email(email)
        if person is not None and person.is_active:
            mails.send_reset(person, tokens.issue(person, MailedToken.Purpose.RESET))


@transaction.atomic
def reset(row: MailedToken, password: str) -> Person:
    """Choose a new password by a mailed link; all sessions end. Raises LinkNotValid or UnfitPassword."""
    person = row.person
    actor = Actor(kind="person", id=person.id)
    tokens.use_up(row)
    passwords.change(person, password, actor=actor)
    sessions.end_others(person, but=None, actor=actor)
    return person


@transaction.atomic
def ask_for_new_address(person: Person, email: str, account: Account | None = None) -> None:
    """Mail a link to the new address of the person or their account; opening it makes the change."""
    throttle.hit("new-address", str(person.id), *PER_EMAIL)
    purpose = MailedToken.Purpose.ACCOUNT_EMAIL if account else MailedToken.Purpose.PERSON_EMAIL
    mails.send_new_address(person, email, tokens.issue(person, purpose, email=email, account=account), account)


@transaction.atomic
def confirm_address(row: MailedToken) -> None:
    """The link mailed to the new address was opened: from now on it is the address. The old one is told. Audited.

    Raises LinkNotValid, or AddressTaken when somebody else has the address by now.
    """
    tokens.use_up(row)
    owner: Person | Account = row.account or row.person
    before, owner.email = owner.email, row.email
    fields = ["email", "email_index"]
    if isinstance(owner, Person):
        owner.email_verified_at = now()
        fields += ["address_index", "email_verified_at"]
    try:
        with transaction.atomic():
            owner.save(update_fields=fields)
    except IntegrityError as error:
        raise AddressTaken(_("This address belongs to somebody else here.")) from error
    mails.send_address_changed(row.person, before, row.account)
    actor = Actor(kind="person", id=row.person_id)
    target = f"{owner._meta.label}:{owner.pk}"
    audit.record("email.changed", actor=actor, account_id=row.account_id, target=target, data={})


def _count(name: str, request: HttpRequest, email: str) -> None:
    throttle.hit(f"{name}-address", client_address(request), *PER_ADDRESS)
    throttle.hit(f"{name}-email", email, *PER_EMAIL)
