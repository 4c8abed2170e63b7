import asyncio
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest

from allonce.kernel.messaging import open_stream
from allonce.kernel.messaging.models import Stream
from allonce.kernel.messaging.tests.live import Room, Server, serving
from tests.probe.streams import PROBE


@pytest.fixture
def stream(db: None) -> Stream:
    return open_stream(PROBE, uuid4())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server process for all tests that neither kill nor stop it."""
    with serving(tmp_path_factory.mktemp("messaging")) as running:
        yield running


@pytest.fixture(scope="session")
def rooms(server: Server) -> list[Room]:
    return server.rooms(80)


@pytest.fixture
def room(rooms: list[Room]) -> Room:
    """A stream that no other test uses."""
    return rooms.pop()


@pytest.fixture
async def _patience() -> AsyncIterator[None]:
    """No test waits for ever for what does not come."""
    async with asyncio.timeout(60):
        yield
