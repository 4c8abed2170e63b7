"""The demo with its foreign sites, and two browsers: one keeps things for frames of other sites, one refuses to."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.chat_widget.agent import Agent
from tests.chat_widget.host import Host, hosting
from tests.live.installation import LiveInstallation, live

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveInstallation]:
    """A live installation with the demo's people and sites."""
    with live(Path(tmp_path_factory.mktemp("chat"))) as running:
        running.made.run("demo")
        running.start("sites")
        yield running


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """As people have it: frames of other sites have storage of their own, apart for each page's site."""
    # The driver switches that off by a list of features; a second such list stands in its place.
    args = ["--no-sandbox", "--disable-features=Translate"]
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def refusing(playwright: Playwright) -> Iterator[Browser]:
    """A browser that gives frames of other sites no storage at all: the driver's own settings."""
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as started:
        yield started


@pytest.fixture
def ada(browser: Browser, demo: LiveInstallation) -> Iterator[Agent]:
    """Ada, online."""
    agent = Agent(browser, demo.address)
    agent.come()
    yield agent
    agent.go()
    agent.context.close()
