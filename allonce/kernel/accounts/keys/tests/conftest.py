import pytest

from allonce.kernel.accounts.devices.tests.scene import Shop, make_shop


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop()
