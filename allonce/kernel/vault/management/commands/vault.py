"""`allonce vault`: renew keys."""

import getpass
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from allonce.kernel.vault import INSTALL, Scope, epochs, rotation
from allonce.kernel.vault.models import DataKey

SHORTEST_ROOT = 32


class Command(BaseCommand):
    help = "Renew the vault's keys: the epoch's, one scope's, or the root key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("end-epoch", help="wrap every data key anew and destroy the old wrapping key")
        scope = verbs.add_parser("rotate", help="encrypt everything of one scope with a new data key")
        scope.add_argument("kind", choices=["account", "person", "install"])
        scope.add_argument("id", nargs="?", type=UUID)
        verbs.add_parser("change-root", help="wrap the epoch under a new root key, asked for and not shown")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        if verb == "end-epoch":
            self.stdout.write(f"{epochs.rotate_epoch()} data keys wrapped anew.")
        elif verb == "rotate":
            self._rotate(options["kind"], options["id"])
        else:
            self._change_root(getpass.getpass("New root key: "))

    def _rotate(self, kind: str, scope_id: UUID | None) -> None:
        scope = INSTALL if kind == "install" else self._scope(kind, scope_id)
        if not DataKey.objects.filter(scope_kind=kind, scope_id=scope.id, state="active").exists():
            raise CommandError("There is no living key of that scope.")
        rotation.rotate_key(scope)
        self.stdout.write("Encrypted anew. The old key is destroyed within two hours by the hourly job.")

    def _scope(self, kind: str, scope_id: UUID | None) -> Scope:
        if scope_id is None:
            raise CommandError(f"Which {kind}? Give its id.")
        return Scope("person" if kind == "person" else "account", scope_id)

    def _change_root(self, secret: str) -> None:
        if len(secret) < SHORTEST_ROOT:
            raise CommandError(f"A root key has {SHORTEST_ROOT} characters or more; nothing was changed.")
        epochs.rewrap_root(secret)
        self.stdout.write("Done. Restart every process with this as ALLONCE_VAULT_ROOT_KEY.")
