from collections.abc import Iterator

import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.casework import kinds
from allonce.kernel.casework.tests.scene import Doings, probe_kind


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()


@pytest.fixture
def kim(sam: Inhabitant) -> Inhabitant:
    """Another of the staff, with the duty to moderate alone."""
    return people.fellow(sam, "moderation")


@pytest.fixture
def doings() -> Iterator[Doings]:
    """A probe kind is registered while the test runs; here is what its effects did."""
    made = Doings()
    kind = probe_kind(made)
    kinds.register_kind(kind)
    yield made
    del kinds._kinds[kind.code]
