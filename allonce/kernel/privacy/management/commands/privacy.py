"""`allonce privacy`: is everything that is stored declared?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allonce.kernel.declarations import PD, declarations
from allonce.kernel.privacy.checks import check_declarations
from allonce.kernel.privacy.storage import undeclared


class Command(BaseCommand):
    help = "Compare models and databases with the privacy declarations."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = [f"{item.id}: {item.msg}" for item in check_declarations()] + undeclared()
        if found:
            raise CommandError("Stored and not declared:\n" + "\n".join(found))
        facts = [fact for declared in declarations.values() for fact in declared.facts.values()]
        personal = sum(isinstance(fact, PD) for fact in facts)
        self.stdout.write(
            f"All {len(declarations)} tables are declared: {len(facts)} fields, {personal} of them personal."
        )
