import json
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from allonce.products.chat import built
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.scene import Merchant, Visitor


@pytest.fixture
def fenwick() -> Merchant:
    return scene.merchant()


@pytest.fixture
def visitor(fenwick: Merchant) -> Visitor:
    return Visitor(fenwick.placement)


@pytest.fixture
def widget(settings: Settings, tmp_path: Path) -> Path:
    """A build of the widget that only shows what it was given."""
    settings.BUILD_DIR = tmp_path
    built._kept.cache_clear()
    folder = tmp_path / "chat_widget"
    (folder / "languages").mkdir(parents=True)
    (folder / "loader.js").write_text("(function($allonce){window.given=$allonce})")
    (folder / "languages" / "en.json").write_text(json.dumps({"frame": {"send": "Send"}, "loader": {"open": "Chat"}}))
    return folder
