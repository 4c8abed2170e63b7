from datetime import UTC, datetime

import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import travel

# A Tuesday in winter, within the desk's hours.
TUESDAY = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)


@pytest.fixture
def tuesday() -> object:
    with travel(TUESDAY):
        yield TUESDAY


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()
