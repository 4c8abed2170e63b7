"""`allonce processor`: the list of processors from the command line, for an installation that cannot start yet."""

from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from allonce.kernel.audit import Actor
from allonce.kernel.clock import today
from allonce.kernel.errors import UserError
from allonce.kernel.privacy.processors import queries, services
from allonce.kernel.privacy.processors.models import Outcome, Safeguard


class Command(BaseCommand):
    help = "List the processors, add one, or end one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list")
        verbs.add_parser("end").add_argument("id", type=UUID)
        add = verbs.add_parser("add")
        for name, meaning in {
            "--name": "who it is",
            "--purpose": "what it does for you",
            "--data": "kinds of data it gets, separated by commas: contact,delivery",
            "--country": "where it works with them, as an ISO 3166 code",
            "--agreement-reference": "where the signed agreement lies",
            "--assessed-by": "the email of the member of staff who assessed it",
        }.items():
            add.add_argument(name, required=True, help=meaning)
        add.add_argument("--agreement-date", required=True, type=date.fromisoformat)
        add.add_argument("--valid-until", required=True, type=date.fromisoformat, help="how long the assessment holds")
        add.add_argument("--connector", action="append", default=[], help="a way on which data leaves for it")
        add.add_argument("--safeguard", choices=Safeguard.values, default=Safeguard.NONE_NEEDED)
        add.add_argument("--safeguard-date", type=date.fromisoformat)
        add.add_argument("--safeguard-reference", default="")
        add.add_argument("--assessed-on", type=date.fromisoformat, help="today if not given")

    def handle(self, *_args: Any, verb: str, **given: Any) -> None:
        try:
            {"list": self._list, "add": self._add, "end": self._end}[verb](given)
        except UserError as error:
            told = "".join(f"\n- {name}: {text}" for name, text in error.fields.items())
            raise CommandError(f"{error.message}{told}") from error

    def _list(self, _given: dict[str, Any]) -> None:
        for each in queries.latest():
            ways = " ".join(each.connectors) or "no connector"
            self.stdout.write(f"{each.processor_id}  {queries.standing(each)}  {each.name}, {each.country}: {ways}")

    def _add(self, given: dict[str, Any]) -> None:
        staff = services.staff_member(given["assessed_by"])
        facts = services.Facts(
            data=given["data"].replace(" ", "").split(","),
            connectors=given["connector"],
            assessed_by_id=staff.id,
            assessed_on=given["assessed_on"] or today(),
            outcome=Outcome.SUITABLE,
            **{name: given[name] for name in _SAME},
        )
        version = services.add(facts, actor=Actor("staff", staff.id))
        self.stdout.write(f"{version.name} is listed, good until {version.valid_until:%d %b %Y}.")

    def _end(self, given: dict[str, Any]) -> None:
        services.end(given["id"], actor=Actor("system"))
        self.stdout.write("Ended. Nothing goes there any more.")


_SAME = (
    "name",
    "purpose",
    "country",
    "safeguard",
    "safeguard_date",
    "safeguard_reference",
    "agreement_date",
    "agreement_reference",
    "valid_until",
)
