"""`allonce replay`: erase again what a restored backup brought back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allonce.kernel.privacy.ledger import LedgerBroken
from allonce.kernel.privacy.retention import replaying


class Command(BaseCommand):
    """Safe to repeat; `allonce up` and `allonce restore` do it by themselves."""

    help = "Replay the erasure ledger against this database, to its head."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--ledger-lost", action="store_true", help="go on although the ledger lacks lines this database knows"
        )

    def handle(self, *_args: Any, ledger_lost: bool, verbosity: int, **_options: Any) -> None:
        try:
            new = replaying.replay(ledger_lost=ledger_lost)
        except (replaying.NotReplayed, LedgerBroken) as error:
            raise CommandError(str(error)) from error
        if verbosity and new:
            self.stdout.write(f"{new} erasures were younger than this database and are done again.")
