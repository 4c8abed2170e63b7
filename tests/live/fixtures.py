"""`live_installation`: one running installation for a whole test module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.installation import LiveInstallation, live


@pytest.fixture(scope="module")
def live_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveInstallation]:
    with live(Path(tmp_path_factory.mktemp("live"))) as running:
        yield running
