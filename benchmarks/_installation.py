"""A data folder of its own for a benchmark, deleted afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def fresh_installation() -> Iterator[None]:
    """Django started on empty databases; import models inside only."""
    folder = tempfile.mkdtemp(prefix="allonce-bench-")
    os.environ["ALLONCE_DATA_DIR"] = folder
    try:
        _start_django()
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start_django() -> None:
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allonce.project.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
