from collections.abc import Iterator

import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.notices import Kind, register_kind
from allonce.kernel.notices.kinds import _kinds

LIKED = Kind("test.liked", "Somebody liked something")
QUIET = Kind("test.quiet", "Something small", email=False)
DUTY = Kind("test.duty", "Something you must know", required=True)


@pytest.fixture(autouse=True)
def _some_kinds() -> Iterator[None]:
    """Three kinds of this room's tests alone, whatever the products register."""
    before = dict(_kinds)
    _kinds.clear()
    for kind in (LIKED, QUIET, DUTY):
        register_kind(kind)
    yield
    _kinds.clear()
    _kinds.update(before)


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()
