"""What an owner does with backups: the one door for taking one and for restoring one."""

import shutil
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit, notices
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.services import passwords
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.accounts.services.sign_in import PER_ADDRESS_AND_EMAIL
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.post import Action, Words
from allonce.project.backup.account.reading import open_backup
from allonce.project.backup.account.restoring import Restored, restore_into
from allonce.project.backup.account.sealed import Spool, SpoolReader
from allonce.project.backup.account.writing import write_backup

TAKEN = (10, timedelta(hours=1))
RESTORED = (10, timedelta(days=1))
SHORTEST_PASSWORD = 12
# A page's upload lies in memory; what it unpacks to is read piece by piece, and limited all the same.
MOST_UNPACKED = 512 * 1024 * 1024
NOTICE = "account.backup_taken"


class TooShort(UserError):
    """The password chosen for a backup could be guessed."""

    code = "password_too_short"
    status = 422


def take(access: AccountAccess, present: str, password: str = "") -> SpoolReader:
    """The account's whole backup, ready to be read once. Audited, and its owners are told.

    `present` is the owner's own password. Raises NotFound, WrongPassword, TooShort or TooMany.
    """
    _require(access, present)
    throttle.hit("backup", str(access.account.id), *TAKEN)
    if password and len(password) < SHORTEST_PASSWORD:
        message = _("Choose at least twelve characters, or none for a backup that anybody can open.")
        raise TooShort(message, fields={"file_password": message})
    spool = Spool()
    write_backup(access.account, spool, password)
    _note(access, encrypted=bool(password))
    return spool.reader()


def restore(access: AccountAccess, present: str, file: BinaryIO, password: str = "") -> Restored:
    """Fill the owner's empty account from a file; audited. All of it, or nothing.

    Raises NotFound, WrongPassword, NotABackup, PasswordNeeded, NotEmpty or TooMany.
    """
    _require(access, present)
    throttle.hit("backup-restore", str(access.account.id), *RESTORED)
    return restore_into(open_backup(file, password, MOST_UNPACKED), access)


def copy_to(reader: SpoolReader, target: BinaryIO) -> None:
    """Write a backup out, and let go of it."""
    with reader:
        shutil.copyfileobj(reader, target, 1024 * 1024)


def _require(access: AccountAccess, present: str) -> None:
    if not access.is_owner or access.look is not None:
        raise NotFound
    throttle.hit("present-password", str(access.person.id), *PER_ADDRESS_AND_EMAIL)
    passwords.require_present(access.person, present)


@transaction.atomic
def _note(access: AccountAccess, *, encrypted: bool) -> None:
    words = Words(
        subject=_("A backup of your account was taken"),
        paragraphs=[_("An owner of %(account)s downloaded everything in it.") % {"account": access.account.name}],
        action=Action(_("See who did what"), link("accounts:activity")),
        closing=[_("If that was none of you, change your passwords at once.")],
    )
    notices.notify_owners(access.account.id, NOTICE, words)
    target = f"accounts.Account:{access.account.id}"
    data = {"encrypted": encrypted}
    audit.record("account.backup_taken", actor=access.actor, account_id=access.account.id, target=target, data=data)
