from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant


@pytest.fixture(autouse=True)
def _places(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.LEDGER_PATH = tmp_path / "ledger.jsonl"


@pytest.fixture
def olivia(db: None) -> Inhabitant:
    return people.owner()


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()
