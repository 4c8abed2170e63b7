"""`allonce sites`: the demo's foreign sites, on an origin of their own."""

from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from allonce.products.chat.sites.pages import Sites


class Command(BaseCommand):
    help = "Serve a made-up car index and a made-up dealer's site, each with the chat on it. Loopback only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=settings.CHAT_SITES_PORT)

    def handle(self, *_args: Any, **options: Any) -> None:
        port = options["port"]
        # Another site than "localhost", so that browsers treat the chat's frame as a stranger's.
        app = Sites(settings.PUBLIC_URL, f"http://127.0.0.1:{port}").app(["127.0.0.1", "localhost"])
        uvicorn.run(app, host="127.0.0.1", port=port, lifespan="off", access_log=False, log_config=None)
