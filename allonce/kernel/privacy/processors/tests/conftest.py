from collections.abc import Iterator

import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.post import smtp


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Hosts to which a connection was opened; nothing really leaves."""
    reached: list[str] = []

    def open_(backend: smtp.EmailBackend) -> bool:
        reached.append(str(backend.host))
        raise ConnectionRefusedError

    monkeypatch.setattr(smtp.EmailBackend, "open", open_)
    yield reached
