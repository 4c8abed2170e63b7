"""`allonce account backup|restore`: one account's full backup, for the Operator."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allonce.kernel import audit
from allonce.kernel.accounts.models import Account
from allonce.kernel.audit import SYSTEM
from allonce.kernel.errors import UserError
from allonce.project.backup.account.reading import open_backup
from allonce.project.backup.account.restoring import restore_as_new
from allonce.project.backup.account.sealed import Spool
from allonce.project.backup.account.services import copy_to
from allonce.project.backup.account.writing import write_backup


class Command(BaseCommand):
    """Writes an account's backup to a new file, or makes a new account of one and invites its people."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        backup = verbs.add_parser("backup", help="write the account with this address to a new file")
        backup.add_argument("email")
        restore = verbs.add_parser("restore", help="make a new account of a backup")
        restore.add_argument("--email", default="", help="another address for the account")
        for each in (backup, restore):
            each.add_argument("file", type=Path)
            each.add_argument("--password-file", type=Path, help="a file whose first line is the backup's password")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        password = options["password_file"].read_text().splitlines()[0] if options["password_file"] else ""
        try:
            (self._backup if verb == "backup" else self._restore)(options["file"], options["email"], password)
        except UserError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(str(error)) from error

    def _backup(self, path: Path, email: str, password: str) -> None:
        account = Account.objects.with_email(email)
        if account is None:
            raise CommandError("No account has this address.")
        spool = Spool()
        write_backup(account, spool, password)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            copy_to(spool.reader(), file)
        target, data = f"accounts.Account:{account.id}", {"encrypted": bool(password)}
        audit.record("account.backup_taken", actor=SYSTEM, account_id=account.id, target=target, data=data)
        self.stdout.write(f"{path}")

    def _restore(self, path: Path, email: str, password: str) -> None:
        with path.open("rb") as file:
            done = restore_as_new(open_backup(file, password), email)
        self.stdout.write(f"Account {done.account.id}: {done.rows} rows. Invited: {done.people}.")
        if not done.keys:
            self.stdout.write("Without account keys: the file holds none, or the account's former id is in use here.")
