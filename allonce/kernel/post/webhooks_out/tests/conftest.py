from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.post.outward.tests.server import Server, running_server
from allonce.kernel.vault import Scope, create_key


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Server]:
    """A customer's system on this machine, where calls to this machine are allowed."""
    settings.LOOPBACK_CALLS = True
    with running_server() as made:
        yield made


@pytest.fixture
def account() -> UUID:
    made = uuid4()
    create_key(Scope("account", made))
    return made
