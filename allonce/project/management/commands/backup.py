"""`allonce backup`: copy a running installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allonce.project.backup import back_up_data, back_up_keys, prune_keys, verify
from allonce.project.backup.container import Unreadable
from allonce.project.backup.engines import CannotBackUp


class Command(BaseCommand):
    help = "Back up data and files, and separately the keys. The installation may go on running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--to", type=Path, help="folder for the data's backup")
        what.add_argument("--check", type=Path, nargs="+", help="verify finished backups instead: data-... keys-...")
        parser.add_argument("--keys-to", type=Path, help="folder for the keys' backup, best on other storage")

    def handle(
        self, *_args: Any, to: Path | None, keys_to: Path | None, check: list[Path] | None, **_options: Any
    ) -> None:
        try:
            if to is None:
                self._check(check or [])
            else:
                self._make(to, keys_to)
        except (CannotBackUp, Unreadable, OSError) as error:
            raise CommandError(str(error)) from error

    def _check(self, folders: list[Path]) -> None:
        for folder in folders:
            manifest = verify(folder)
            self.stdout.write(f"{folder}  {manifest.kind} of {manifest.made_at}: whole, and opens.")

    def _make(self, to: Path, keys_to: Path | None) -> None:
        data, keys = back_up_data(to), back_up_keys(keys_to or to)
        for folder in (data, keys):
            verify(folder)
        pruned = prune_keys(keys_to or to)
        self.stdout.write(f"data  {data}\nkeys  {keys}\nBoth were read back and are whole.")
        if pruned:
            self.stdout.write(f"{pruned} backups of the keys were older than seven days and are gone.")
        if not keys_to:
            self.stdout.write("Better: --keys-to another disk. Who holds both and the root key can read all.")
        self.stdout.write("Keep the root key (ALLONCE_VAULT_ROOT_KEY or secrets/vault.secret) apart from both.")
