"""A phone in a real browser beside a live installation."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright, sync_playwright

from tests.live.fixtures import live_installation
from tests.live.installation import LiveInstallation
from tests.phone.driver import Phone
from tests.phone.mails import Mailbox

__all__ = ["live_installation"]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    # Its loop runs in this thread: left open, it would refuse the next module's synchronous Django.
    with sync_playwright() as started:
        yield started


@pytest.fixture
def new_phone(
    playwright: Playwright, live_installation: LiveInstallation, tmp_path: Path
) -> Iterator[Callable[[], Phone]]:
    """Makes phones out of the box, switched on at the first screen."""
    phones: list[Phone] = []

    def make() -> Phone:
        phone = Phone(playwright, live_installation.address, tmp_path / f"phone{len(phones)}")
        phones.append(phone)
        phone.switch_on()
        return phone

    yield make
    for phone in phones:
        try:
            phone.switch_off()
        except Error:  # it was killed by the test
            continue


@pytest.fixture
def phone(new_phone: Callable[[], Phone], live_installation: LiveInstallation) -> Phone:
    """JB's phone, set up and at the list of jobs; JB had no phone before."""
    live_installation.scene("scene.free_user('JB')")
    made = new_phone()
    made.set_up("JB")
    return made


@pytest.fixture
def mailbox(live_installation: LiveInstallation) -> Mailbox:
    """The demo's mailbox, emptied."""
    box = Mailbox(live_installation.mailbox)
    box.clear()
    return box
