"""`allonce legal`: publish the shipped text of each document that has no version yet."""

from typing import Any

from django.core.management.base import BaseCommand

from allonce.kernel.legal.services.publishing import publish_shipped


class Command(BaseCommand):
    """Run by `allonce up`; safe to repeat. Whoever starts the parts singly runs it once after `migrate`."""

    help = "Publish the shipped legal texts that have no version yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = publish_shipped()
        self.stdout.write(f"{count} legal texts published." if count else "All legal texts have a version.")
