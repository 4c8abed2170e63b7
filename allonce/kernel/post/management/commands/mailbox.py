"""`allonce mailbox`: the demonstration's relay and mailbox."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from allonce.kernel.post.mailbox.events import Reporter
from allonce.kernel.post.mailbox.intake import Faults
from allonce.kernel.post.mailbox.server import Mailbox, run


class Command(BaseCommand):
    help = "Take all outgoing mail over SMTP on this machine and show it on a page. Memory only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--smtp-port", type=int, default=settings.EMAIL_PORT)
        parser.add_argument("--port", type=int, default=settings.MAILBOX_PORT)
        parser.add_argument("--host", default="127.0.0.1", help="where the page listens; SMTP is loopback only")
        parser.add_argument("--slow-seconds", type=float, default=Faults.slow_seconds)

    def handle(self, *_args: Any, **options: Any) -> None:
        signing_key = settings.ANYMAIL.get("MAILGUN_WEBHOOK_SIGNING_KEY", "")
        reporter = Reporter(f"{settings.PUBLIC_URL}/webhooks/relay/mailgun/", signing_key)
        mailbox = Mailbox(
            smtp_port=options["smtp_port"],
            page_port=options["port"],
            reporter=reporter,
            host=options["host"],
            hosts=[host for host in settings.ALLOWED_HOSTS if host != "*"],
            faults=Faults(slow_seconds=options["slow_seconds"]),
        )
        run(mailbox)
