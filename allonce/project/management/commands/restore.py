"""`allonce restore`: fill an empty installation from its backups."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allonce.kernel.privacy.ledger import LedgerBroken
from allonce.kernel.privacy.retention.replaying import NotReplayed
from allonce.project.backup import restore
from allonce.project.backup.container import Unreadable
from allonce.project.backup.engines import CannotBackUp
from allonce.project.backup.restoring import CannotRestore


class Command(BaseCommand):
    help = "Restore a backup of data and one of keys into an empty installation, and check that it reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="data", type=Path, required=True, help="a data-... folder")
        parser.add_argument("--keys", type=Path, required=True, help="a keys-... folder made after it")

    def handle(self, *_args: Any, data: Path, keys: Path, **_options: Any) -> None:
        try:
            restore(data, keys)
        except (CannotRestore, CannotBackUp, Unreadable, OSError) as error:
            raise CommandError(str(error)) from error
        except (NotReplayed, LedgerBroken) as error:
            raise CommandError(f"Restored, but not fit to serve yet. {error}") from error
        self.stdout.write("Restored, and every kind of row reads. Start it with `allonce up`.")
