from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel import clock
from allonce.kernel.post.push.tests.conftest import browser
from allonce.kernel.post.sms.tests.conftest import gateway
from allonce.products.dating.services import daily
from allonce.products.dating.tests.providing import Friends, provider_of_accounts
from allonce.products.dating.tests.scene import AFTER_NOON, DAY, ZONE, Dater, maya, noah

__all__ = ["browser", "gateway"]


@pytest.fixture
def friends(settings: Settings) -> Iterator[Friends]:
    """A service with accounts to come with."""
    with provider_of_accounts() as made:
        settings.OAUTH = made.settings
        settings.LOOPBACK_CALLS = True
        yield made


@pytest.fixture
def pair() -> tuple[Dater, Dater]:
    """Maya and Noah, whose noon has come."""
    both = maya(), noah()
    with clock.travel(AFTER_NOON):
        daily.run(ZONE, DAY)
    return both
