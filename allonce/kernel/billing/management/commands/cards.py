"""`allonce cards`: the demonstration's seller of cards."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from allonce.kernel.billing.card_double.book import Book
from allonce.kernel.billing.card_double.reporting import Reports, over_http
from allonce.kernel.billing.card_double.server import Server


class Command(BaseCommand):
    help = "Take card payments on this machine as Stripe would, without cards or money. Memory only."

    def handle(self, *_args: Any, **_options: Any) -> None:
        secrets = settings.SELLERS["stripe_webhook_secrets"]
        if not secrets:
            raise CommandError("Set ALLONCE_STRIPE_WEBHOOK_SECRETS, or start `allonce up --demo`, which does.")
        reports = Reports(secrets[0], over_http(f"{settings.PUBLIC_URL}/webhooks/sellers/stripe/"))
        # The page is opened in browsers wherever the demo is; programs ask on loopback.
        book = Book(reports.deliver_soon, address=settings.STRIPE_CHECKOUT)
        Server(book, settings.CARD_SELLER_PORT, settings.LISTENS_ON).serve_forever()
