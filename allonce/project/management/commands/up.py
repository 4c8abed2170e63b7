"""`allonce up`: set the databases up and run every part of the installation in one process tree."""

import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from allonce.kernel.desk.receiving import running as desk
from allonce.kernel.jobs.starting import require_ready
from allonce.project.process_tree import Part, ProcessTree

# How long before a slow start is mentioned.
PATIENCE_SECONDS = 60


class Command(BaseCommand):
    """Web, jobs and schedule; with --demo also people, data and a mailbox that catches all mail."""

    help = __doc__
    requires_system_checks = ["__all__"]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="fill with people and data, catch all mail")

    def handle(self, *_args: object, **options: object) -> None:
        self.stdout.write("Setting up the databases ...")
        for name in ("keys", "default"):
            call_command("migrate", database=name, verbosity=0)
        call_command("legal")
        call_command("replay")
        if options["demo"]:
            call_command("demo")
        require_ready()
        threading.Thread(target=self._announce, daemon=True).start()
        ProcessTree(self._parts(demo=bool(options["demo"]))).run()

    def _parts(self, *, demo: bool) -> list[Part]:
        python = [sys.executable, "-m"]
        web = [*python, "uvicorn", "allonce.project.asgi:application", "--log-level", "warning"]
        web += ["--host", settings.ENV.host, "--port", str(settings.ENV.port), "--no-server-header"]
        web += ["--workers", str(settings.ENV.web_processes), "--timeout-graceful-shutdown", "10"]
        web += ["--proxy-headers", "--forwarded-allow-ips", settings.TRUSTED_PROXIES]
        # Frames are small and many; compressing each connection apart would cost more memory than it saves.
        web += ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", str(128 * 1024)]
        parts = [Part("web", web), Part("jobs", [*python, "allonce", "work"])]
        if desk.is_wanted():
            parts.append(Part("desk", [*python, "allonce", "desk"]))
        beside = [Part(name, [*python, "allonce", name]) for name in ("mailbox", "sites", "cards", "provider")]
        return [*parts, *beside] if demo else parts

    def _announce(self) -> None:
        local = f"http://127.0.0.1:{settings.ENV.port}/"
        patience = time.monotonic() + PATIENCE_SECONDS
        while not _answers(local):
            if time.monotonic() > patience:
                self.stderr.write("The web server does not answer yet; its messages, if any, stand above. Waiting on.")
                patience += PATIENCE_SECONDS
            time.sleep(0.2)
        self.stdout.write(f"\n  Allonce is ready: {settings.PUBLIC_URL}/\n  Stop it with Ctrl+C.\n\n")
        self.stdout.flush()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  our own loopback address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
