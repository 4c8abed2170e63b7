import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.devices.tests.scene import Shop, make_shop


@pytest.fixture(autouse=True)
def _quick_refusals(settings: Settings) -> None:
    settings.REGISTER_REFUSAL_SECONDS = 0


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop()
