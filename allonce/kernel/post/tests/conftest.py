from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.post.tests.relay import Relay, running_relay


@pytest.fixture
def relay(settings: Settings) -> Iterator[Relay]:
    """A real relay that the product sends through, patient for one second."""
    with running_relay() as made:
        settings.EMAIL_BACKEND = "allonce.kernel.post.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = made.port
        settings.EMAIL_TIMEOUT = 1
        yield made
