"""The Operator's own account and the people in it, made from the command line before anybody can sign in."""

import secrets

from django.conf import settings
from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.models import Account, MailedToken, Membership, Person, StaffDuty
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import duties, mails, passwords, people, tokens
from allonce.kernel.audit import SYSTEM

PASSWORD_BYTES = 32


@transaction.atomic
def add_staff(email: str, name: str, password: str = "") -> Person:
    """Make somebody an owner of the Operator's account, which is opened if there is none; safe to repeat. Audited.

    The first gets every duty; those who follow administer, as owners do, and get other duties at the console.

    Without a password a new person gets one that nobody knows; hand them `door`. Somebody known here keeps their
    name, and their password unless another is given. Raises UnfitPassword, or UnableToSignUp when a Subscriber's
    account already has the Operator's address.
    """
    person = _person(email, name, password)
    account = Account.objects.filter(kind=Account.Kind.OPERATOR).order_by("created_at").first()
    if account is None:
        opened = people.NewAccount(settings.OPERATOR_NAME, settings.OPERATOR_EMAIL, Account.Kind.OPERATOR)
        account = people.create_account(opened)
    Membership.objects.update_or_create(account=account, person=person, defaults={"role": Role.OWNER})
    target = f"accounts.Person:{person.id}"
    if not StaffDuty.objects.exclude(person=person).exists():
        duties.give_all(person, account.id, actor=SYSTEM)
    audit.record("operator.staff_added", actor=SYSTEM, account_id=account.id, target=target, data={})
    return person


def door(person: Person) -> str:
    """The address of a page, good once within an hour, where the person chooses their password; ends earlier ones."""
    tokens.withdraw_resets(person)
    return mails.link("accounts:reset", tokens.issue(person, MailedToken.Purpose.RESET))


def _person(email: str, name: str, password: str) -> Person:
    known = Person.objects.with_email(email)
    if known is None:
        chosen = password or secrets.token_urlsafe(PASSWORD_BYTES)
        return people.create_person(people.NewPerson(email, name, chosen))
    if password:
        passwords.change(known, password, actor=SYSTEM)
    return known
