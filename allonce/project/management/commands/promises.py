"""`allonce promises`: the table of promises, for whoever builds or runs the product."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allonce.project.environment import HOME
from allonce.project.promises import claims, observing, register
from allonce.project.promises.faults import faults
from allonce.project.promises.standing import Line, State, counted, lines


class Command(BaseCommand):
    """Prints each promise with its state; exits 1 if one is claimed by no test and not named as coming later."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--live", action="store_true", help="ask the running rooms too, and fail on what breaks")
        parser.add_argument("--register", type=Path, default=register.FOLDER, help="another folder of promises")
        parser.add_argument("--tests", type=Path, default=HOME, help="another folder with allonce/ and tests/")
        parser.add_argument("--write", action="store_true", help="write the claims down for where no tests are")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            found = register.read_register(options["register"])
        except register.RegisterBroken as error:
            raise CommandError(str(error)) from error
        snapshot = options["register"] / claims.SNAPSHOT
        claimed = claims.read_claims(options["tests"]) or claims.read_snapshot(snapshot)
        if options["write"]:
            snapshot.write_text(claims.snapshot_text(claimed))
        evidence = observing.ask([each.id for each in found.promises]) if options["live"] else {}
        shown = lines(found, claimed, evidence)
        self._table(shown)
        self._refuse(faults(found, claimed) + _broken(shown))

    def _table(self, shown: list[Line]) -> None:
        width = max(len(line.promise.id) for line in shown)
        for line in shown:
            tests = f"{len(line.tests)} tests" if line.tests else line.reason
            self.stdout.write(f"{line.promise.id:<{width}}  {line.state:<6}  {tests}")
        self.stdout.write(", ".join(f"{count} {state}" for state, count in counted(shown).items()))

    def _refuse(self, wrong: list[str]) -> None:
        if wrong:
            raise CommandError("\n".join(wrong))


def _broken(shown: list[Line]) -> list[str]:
    return [
        f"{line.promise.id}: this installation's evidence speaks against it"
        for line in shown
        if line.state == State.DOUBT
    ]
