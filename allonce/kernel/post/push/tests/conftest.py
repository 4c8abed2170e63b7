from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.post.push.tests.browser import Browser, running_service
from allonce.kernel.vault import Scope, create_key


@pytest.fixture
def browser(settings: Settings) -> Iterator[Browser]:
    """A browser whose push service is on this machine."""
    settings.LOOPBACK_CALLS = True
    with running_service() as server:
        yield Browser(server)


@pytest.fixture
def person() -> UUID:
    return new_person()


def new_person() -> UUID:
    made = uuid4()
    create_key(Scope("person", made))
    return made
