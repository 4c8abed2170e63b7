"""The demo as it is started for a visitor, and the shop owner's browser in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.live.installation import LiveInstallation, live

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveInstallation]:
    """A live installation with the demo's people, catalogue and documents."""
    with live(Path(tmp_path_factory.mktemp("office"))) as running:
        running.made.run("demo")
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, demo: LiveInstallation) -> Iterator[Page]:
    """A browser in which nobody is signed in."""
    context = browser.new_context(
        base_url=demo.address, viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture
def owner(page: Page) -> Page:
    """Olivia Marsh, owner of Harbour Blinds, at her products."""
    enter(page, "owner")
    page.goto("/setup/")
    return page


def enter(page: Page, who: str) -> None:
    """Through the demo's door for `who`: owner or operator."""
    page.goto("/")
    with page.expect_navigation():
        page.locator(f"form[action$='/demo/{who}/'] button").click()
