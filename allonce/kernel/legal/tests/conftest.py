import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()


@pytest.fixture(autouse=True)
def _browsers_outlast_a_notice(settings: Settings) -> None:
    """These tests travel past the days of a notice; the cookie's age is reckoned by the machine's clock."""
    settings.SESSION_COOKIE_AGE = 100 * 24 * 3600
