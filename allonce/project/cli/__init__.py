"""The `allonce` command: Django's command runner, with the demo's choices made before settings are read."""

import os
import sys

from allonce.project.cli.demo_environment import choose_demo_environment
from allonce.project.hardening import harden


def main() -> None:
    """Run `allonce VERB ...`; `allonce help` lists the verbs."""
    harden()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allonce.project.settings")
    if sys.argv[1:2] == ["up"] and "--demo" in sys.argv:
        choose_demo_environment()
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(["allonce", *sys.argv[1:]])
    except DatabaseError as error:
        if not _lacks_tables():
            raise
        sys.exit(f"The databases have no tables yet ({str(error).splitlines()[0]}). `allonce up` makes them.")


def _lacks_tables() -> bool:
    from django.db import DatabaseError, connections

    try:
        return any("django_migrations" not in each.introspection.table_names() for each in connections.all())
    except DatabaseError:
        return False
