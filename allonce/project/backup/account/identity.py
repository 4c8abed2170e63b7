"""Opening the account that a backup becomes."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from allonce.kernel.accounts.models import Account
from allonce.kernel.accounts.services.people import UnableToSignUp
from allonce.kernel.privacy import ledger
from allonce.kernel.vault import Scope, create_key
from allonce.kernel.vault.errors import KeyDestroyed


def new_account(former: UUID, name: str, email: str) -> Account:
    """An account with a key of its own, under its former id where that is free. Raises UnableToSignUp."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise UnableToSignUp(_("The account needs an address. Give one with --email.")) from error
    account = Account(id=_free_id(former), name=name, email=email.strip())
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        message = _("Another account here uses this address. Give another one with --email.")
        raise UnableToSignUp(message, fields={"account_email": message}) from error
    return account


def _free_id(former: UUID) -> UUID:
    """The former id keeps sealed job files readable; one that is in use or was erased here never comes back."""
    scope = Scope("account", former)
    erased = {line.mark for line in ledger.lines()}
    if Account.objects.filter(pk=former).exists() or ledger.mark_of(scope) in erased:
        return _with_key(uuid4())
    try:
        return _with_key(former)
    except KeyDestroyed:
        return _with_key(uuid4())


def _with_key(account_id: UUID) -> UUID:
    create_key(Scope("account", account_id))
    return account_id
