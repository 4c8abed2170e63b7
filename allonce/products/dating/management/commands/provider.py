"""`allonce provider`: the demonstration's service with accounts to join Dating with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from allonce.products.dating.oauth.provider import back_address
from allonce.products.dating.oauth_double.book import Book
from allonce.products.dating.oauth_double.people import PEOPLE
from allonce.products.dating.oauth_double.server import Server


class Command(BaseCommand):
    help = "Let people join on this machine as with a Facebook account, without passwords. Memory only."

    def handle(self, *_args: Any, **_options: Any) -> None:
        given = settings.OAUTH
        if not given["client"]:
            raise CommandError("Set ALLONCE_OAUTH_CLIENT and _SECRET, or start `allonce up --demo`, which does.")
        port = settings.OAUTH_DOUBLE_PORT
        # Its page is opened in browsers wherever the demo is; programs ask on loopback.
        book = Book(given["client"], given["secret"], back_address(), PEOPLE, address=f"http://127.0.0.1:{port}")
        Server(book, port, settings.LISTENS_ON).serve_forever()
