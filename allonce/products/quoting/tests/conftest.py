from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone
from allonce.kernel.post.tests.relay import Relay, running_relay
from allonce.kernel.post.tests.webhooks import MAILGUN_KEY
from allonce.products.quoting.tests.jobs import Poster, published


@pytest.fixture
def relay(settings: Settings) -> Iterator[Relay]:
    """A real relay on loopback that the product sends through, patient for one second."""
    with running_relay() as made:
        settings.EMAIL_BACKEND = "allonce.kernel.post.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.EMAIL_TIMEOUT = 1
        settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": MAILGUN_KEY}
        yield made


@pytest.fixture
def poster(transactional_db: None, settings: Settings) -> Iterator[Poster]:
    """Jo's phone at a shop whose small Catalogue is published."""
    settings.REGISTER_REFUSAL_SECONDS = 0
    shop = make_shop()
    with published():
        yield Poster(shop, registered_phone(shop))
