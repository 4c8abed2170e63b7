"""`allonce createoperator`: let the first member of the Operator's staff in."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from allonce.kernel.accounts.services import operators
from allonce.kernel.errors import UserError


class Command(BaseCommand):
    help = "Make somebody a member of the Operator's staff and print a link with which they choose their password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="the address they sign in with")
        parser.add_argument("--name", required=True, help="their name")
        parser.add_argument("--password", action="store_true", help="ask for the password here; print no link")

    def handle(self, *_args: Any, email: str, name: str, password: bool, **_options: Any) -> None:
        _require_usable(email, name)
        try:
            person = operators.add_staff(email, name, _asked() if password else "")
        except UserError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{email} is one of the Operator's staff.")
        if not password:
            self.stdout.write(f"Choose the password here, once, within an hour:\n{operators.door(person)}")


def _require_usable(email: str, name: str) -> None:
    if not name.strip():
        raise CommandError("Give a name: --name 'Sam Reed'.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"{email!r} is not an email address.") from error


def _asked() -> str:
    """A password typed twice on the terminal; never in an argument, where others could see it."""
    chosen = getpass.getpass("Password: ")
    if not chosen or getpass.getpass("The same again: ") != chosen:
        raise CommandError("The two differ or are empty; nothing was changed.")
    return chosen
