"""People and the accounts they open."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit, vault
from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import passwords
from allonce.kernel.audit import Actor
from allonce.kernel.errors import UserError


class UnableToSignUp(UserError):
    """Something given at sign-up cannot be used; `fields` says what."""

    code = "unable_to_sign_up"


@dataclass(frozen=True)
class NewPerson:
    email: str
    name: str
    password: str


@dataclass(frozen=True)
class NewAccount:
    name: str
    email: str
    kind: str = Account.Kind.SUBSCRIBER


def create_person(new: NewPerson) -> Person:
    """A person with a data key of their own, made before the first row that needs it."""
    passwords.require_fit(new.password, email=new.email, name=new.name)
    person = Person(email=new.email.strip(), name=one_line(new.name))
    person.set_password(new.password)
    vault.create_key(vault.Scope("person", person.id))
    person.save(force_insert=True)
    return person


def create_account(new: NewAccount) -> Account:
    """An account with its data key. UnableToSignUp when the email already names another account."""
    account = Account(kind=new.kind, name=one_line(new.name), email=new.email.strip())
    vault.create_key(vault.Scope("account", account.id))
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        message = _("Another account already uses this address. Each account needs its own.")
        raise UnableToSignUp(message, fields={"account_email": message}) from error
    return account


@transaction.atomic
def open_account(owner: Person, new: NewAccount) -> Account:
    """Open an account owned by `owner`; audited."""
    account = create_account(new)
    Membership.objects.create(account=account, person=owner, role=Role.OWNER)
    actor = Actor(kind="person", id=owner.id)
    _record("account.opened", account, actor)
    return account


@transaction.atomic
def sign_up(person: NewPerson, account: NewAccount) -> tuple[Person, Account]:
    """A new person and the account they own. The caller has made sure that nobody has this address."""
    owner = create_person(person)
    return owner, open_account(owner, account)


@transaction.atomic
def rename_account(account: Account, name: str, *, actor: Actor) -> None:
    """Change the name that everybody sees at the top; audited."""
    account.name = one_line(name)
    account.save(update_fields=["name"])
    _record("account.renamed", account, actor)


def one_line(name: str) -> str:
    """A name without line ends or runs of spaces, fit for a heading or a mail's subject."""
    return " ".join(name.split())


def _record(action: str, account: Account, actor: Actor) -> None:
    target = f"accounts.Account:{account.id}"
    audit.record(action, actor=actor, account_id=account.id, target=target, data={})
