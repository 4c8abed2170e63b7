import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()


@pytest.fixture
def ben(db: None) -> Inhabitant:
    return people.owner("Bayside Blinds", "Ben Bay")


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()
