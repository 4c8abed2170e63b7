"""Hands of Fenwick's two agents, beyond those that every test of the console has: Ada's desk and Ben's phone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, expect

from tests.console.driver import LISTEN, Console
from tests.journeys.demo import Demo
from tests.office.rules import PHONE, WIDE

AS_A_PHONE: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


@contextmanager
def at_work(browser: Browser, demo: Demo, who: str, **device: Any) -> Iterator[Console]:
    """Online for the block, with nothing of it left to ring afterwards."""
    context = browser.new_context(base_url=demo.address, reduced_motion="reduce", **({"viewport": WIDE} | device))
    context.set_default_timeout(30_000)
    context.add_init_script(LISTEN)
    console = Console(context, who)
    console.be("Online")
    yield console
    console.tidy()
    context.close()


def accept_by_touch(agent: Console) -> None:
    agent.ring.get_by_role("button", name="Accept").click()
    expect(agent.writing()).to_be_visible()


def use_prepared(agent: Console, shortcut: str) -> None:
    """What is asked every day, by its shortcut."""
    agent.writing().fill(f"/{shortcut}")
    agent.page.get_by_role("option").first.click()
    expect(agent.writing()).not_to_have_value(f"/{shortcut}")
    agent.writing().press("Enter")


def send_picture(agent: Console, file: Path, shows: str) -> None:
    with agent.page.expect_file_chooser() as chooser:
        agent.page.get_by_role("button", name="Attach a picture").click()
    chooser.value.set_files(file)
    agent.page.get_by_label("What the picture shows").fill(shows)
    agent.page.get_by_role("button", name="Send", exact=True).click()
    expect(agent.page.get_by_role("img", name=f"Picture: {shows}")).to_be_visible()


def forward(agent: Console, to: str, whisper: str) -> None:
    agent.page.get_by_role("button", name="More").click()
    agent.page.get_by_role("button", name="Forward").last.click()
    dialog = agent.page.get_by_role("dialog", name="Forward")
    dialog.get_by_role("radio", name=re.compile(to)).check()
    dialog.get_by_label("Whisper with it").fill(whisper)
    dialog.get_by_role("button", name="Forward").click()
    expect(dialog).to_have_count(0)


def answer_by_mail(agent: Console, text: str) -> None:
    agent.page.get_by_role("button", name="Answer by mail").first.click()
    dialog = agent.page.get_by_role("dialog", name="Answer by mail")
    dialog.get_by_label("Your answer").fill(text)
    dialog.get_by_role("button", name="Send the mail").click()
    expect(dialog).to_have_count(0)


def details(agent: Console) -> Locator:
    """About the visitor; a phone shows it when asked to."""
    side = agent.page.locator(".side")
    if not side.is_visible():
        agent.page.get_by_role("button", name="Details of the visitor").click()
    return side
