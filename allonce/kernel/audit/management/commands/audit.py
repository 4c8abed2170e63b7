"""`allonce audit`: check that the record is whole."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from allonce.kernel.audit import verify
from allonce.kernel.audit.models import Entry


class Command(BaseCommand):
    help = "Check the audit record from its first entry to its last."

    def handle(self, *_args: Any, **_options: Any) -> None:
        fault = verify()
        if fault:
            self.stderr.write(f"The record was changed: entry {fault.number} ({fault.kind}).")
            sys.exit(1)
        self.stdout.write(f"The record is whole: {Entry.objects.count()} entries.")
