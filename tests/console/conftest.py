"""A live installation with the demo's people, and Ada's and Ben's browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.console.driver import LISTEN, Console
from tests.console.visitor import Visitor
from tests.live.installation import LiveInstallation, live
from tests.office.conftest import CHROMIUM
from tests.office.rules import WIDE


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveInstallation]:
    with live(Path(tmp_path_factory.mktemp("console"))) as running:
        running.made.run("demo")
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def agent(browser: Browser, demo: LiveInstallation) -> Iterator[Callable[..., Console]]:
    """Opens the console as "agent" (Ada) or "agent-phone" (Ben), online unless told otherwise."""
    opened: list[Console] = []

    def make(who: str = "agent", *, online: bool = True, **more: Any) -> Console:
        shown: dict[str, Any] = {"viewport": WIDE, "reduced_motion": "reduce"} | more
        context = browser.new_context(base_url=demo.address, **shown)
        context.set_default_timeout(20_000)
        context.add_init_script(LISTEN)
        console = Console(context, who)
        opened.append(console)
        if online:
            console.be("Online")
        return console

    yield make
    for console in opened:
        try:
            console.tidy()
        except Error:  # its page was closed by the test
            continue
        finally:
            console.context.close()


@pytest.fixture
def ada(agent: Callable[..., Console]) -> Console:
    return agent("agent")


@pytest.fixture
def ben(agent: Callable[..., Console]) -> Console:
    return agent("agent-phone")


@pytest.fixture
def visitor(demo: LiveInstallation) -> Visitor:
    return Visitor(demo.address)
