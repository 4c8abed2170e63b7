"""`allonce demo`: fill an empty installation with made-up people and data."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction


class Command(BaseCommand):
    """Calls `load()` of each app's demo module, in the order of the installed apps; safe to repeat.

    Refused outside the demo: everybody knows its passwords, those of the Operator's staff too.
    """

    help = __doc__

    def handle(self, *_args: object, **_options: object) -> None:
        if not settings.DEMO:
            raise CommandError("The demo's people have public passwords. Start `allonce up --demo`.")
        for app in apps.get_app_configs():
            name = f"{app.name}.demo"
            if app.name.startswith("allonce.") and find_spec(name):
                self.stdout.write(f"Demo data: {app.label}")
                with transaction.atomic():
                    import_module(name).load()
