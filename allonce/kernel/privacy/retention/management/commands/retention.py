"""`allonce retention`: remove what the declared rules say is over, or only list it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from allonce.kernel.privacy.retention import sweeping


class Command(BaseCommand):
    """Shows tables, rules and counts, never a value."""

    help = "Sweep now what otherwise goes at night; with --dry-run list what would go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="list what would go and change nothing")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        if dry_run:
            self._list()
            return
        run = sweeping.sweep()
        for each in run.counts.order_by("table", "rule", "action"):
            self.stdout.write(f"{each.table}  {each.rule}  {each.action}  {each.rows} gone  {each.held} held")
        self.stdout.write(f"Sweep {run.pk} is done.")

    def _list(self) -> None:
        for line in sweeping.dry_run():
            rule = line.rule
            self.stdout.write(f"{rule.table}  {rule.retention}  {rule.action}  {line.rows} would go  {line.held} held")
            for table, count in line.follows.items():
                self.stdout.write(f"{table}  {rule.retention}  follow  {count} would go with them")
