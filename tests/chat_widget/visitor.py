"""A visitor on a foreign page. The button lies in a closed shadow, and is found as people find it: by its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import randrange
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page, ViewportSize, expect

from tests.chat_widget.host import PLAIN

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
FENWICK, QUAYSIDE = "demo-fenwick-cars", "demo-quayside-index"
# For what can only be seen from inside: the same widget with its shadow left open.
OPEN_SHADOW = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (given) { return attach.call(this, { ...given, mode: "open" }); };
"""


def line(allonce: str, key: str = FENWICK, more: str = "") -> str:
    """The one line of markup."""
    return (
        f'<script async src="{allonce}/w/{key}.js{more}" data-listing-id="7" data-listing-title="A blue car"></script>'
    )


def page_with(allonce: str, head: str = "") -> str:
    return PLAIN.replace("<body>", f"{head}<body>") + line(allonce)


def newcomer(browser: Browser, size: ViewportSize = WIDE, **given: Any) -> BrowserContext:
    """A fresh browser at an address of its own, as limits count visitors."""
    address = f"198.51.{randrange(256)}.{randrange(256)}"
    context = browser.new_context(viewport=size, extra_http_headers={"X-Forwarded-For": address}, **given)
    context.set_default_timeout(30_000)
    return context


@contextmanager
def visiting(browser: Browser, address: str, size: ViewportSize = WIDE, **given: Any) -> Iterator[Page]:
    """The page in a fresh browser, with the widget's script arrived."""
    context = newcomer(browser, size, **given)
    page = context.new_page()
    with page.expect_response(lambda response: "/w/" in response.url and ".js" in response.url):
        page.goto(address)
    page.wait_for_load_state("load")
    try:
        yield page
    finally:
        context.close()


def press_button(page: Page) -> None:
    """The button at the bottom right."""
    size = page.viewport_size or WIDE
    page.mouse.click(size["width"] - 70, size["height"] - 40)


def open_chat(page: Page) -> Frame:
    """Press the button; the frame once it can be used."""
    press_button(page)
    return frame_of(page)


def frame_of(page: Page) -> Frame:
    page.wait_for_timeout(50)
    for _tries in range(200):
        found = [each for each in page.frames if "/frame" in each.url]
        if found:
            expect(found[-1].locator("header h1")).not_to_be_empty()
            return found[-1]
        page.wait_for_timeout(50)
    raise AssertionError("the chat did not open")


def wait_closed(frame: Frame) -> None:
    """Until the panel is gone from the page."""
    frame.frame_element().wait_for_element_state("hidden")


def write(frame: Frame, text: str) -> None:
    frame.locator("#message").fill(text)
    frame.locator("#message").press("Enter")


def shown(frame: Frame) -> list[str]:
    """What both sides said, as it stands on the screen."""
    return frame.locator(".message:not(.system) .bubble").all_inner_texts()
