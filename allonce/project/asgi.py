"""The web server's entry: pages and realtime, nothing undeclared and nothing erased come back."""

import os
from concurrent.futures import ThreadPoolExecutor

import django

from allonce.project.hardening import harden

harden()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allonce.project.settings")
django.setup(set_prefix=False)

from django.db import connections  # noqa: E402 (models need Django set up)

from allonce.kernel.jobs.starting import require_ready  # noqa: E402
from allonce.kernel.privacy.checks import require_clean  # noqa: E402
from allonce.project.serving import House  # noqa: E402


def _require_ready() -> None:
    try:
        require_ready()
    finally:
        connections.close_all()


require_clean()
# Servers import this inside their event loop, where Django refuses to ask a database.
with ThreadPoolExecutor(1) as aside:
    aside.submit(_require_ready).result()

application = House()
