import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant


@pytest.fixture(autouse=True)
def _answers_at_once(settings: Settings) -> None:
    settings.REGISTER_REFUSAL_SECONDS = 0


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()
