from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.privacy import ports
from allonce.kernel.privacy.requests.tests.actions import LittleRights


@pytest.fixture(autouse=True)
def _answers_at_once(settings: Settings) -> None:
    settings.REGISTER_REFUSAL_SECONDS = 0


@pytest.fixture(autouse=True)
def rights() -> Iterator[LittleRights]:
    """A small rights room that really exports, erases and restricts."""
    before = list(ports._actions)
    little = LittleRights()
    ports.register_rights_actions(little)
    yield little
    ports._actions[:] = before


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()
