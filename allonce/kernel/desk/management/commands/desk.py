"""`allonce desk`: take the desk's mail, by LMTP or SMTP from a mail server, and by IMAP from a mailbox."""

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from allonce.kernel.desk.receiving import running


class Command(BaseCommand):
    """Takes mail until it is told to stop. A mail is acknowledged once it is kept, and never before."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not running.is_wanted():
            raise CommandError("No way for mail to come: set ALLONCE_DESK_PORT or ALLONCE_DESK_IMAP_HOST.")
        asyncio.run(self._run())

    async def _run(self) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        if settings.ENV.desk_port:
            self.stdout.write(f"Mail for {settings.SUPPORT_EMAIL} is taken on port {settings.ENV.desk_port}.")
            self.stdout.flush()
        await running.take_mail(stop)
