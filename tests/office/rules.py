"""What every page has to keep: axe finds nothing, and a phone does not scroll sideways."""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Nothing but colours differs between light and dark.
COLOURS = {"runOnly": ["color-contrast"]}
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def assert_keeps_the_rules(page: Page) -> None:
    """The page as it stands, at both sizes, in light and dark; it is wide again afterwards."""
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        assert not page.evaluate(SCROLLS_SIDEWAYS), (page.url, size)
        assert_clean(page)
        page.emulate_media(color_scheme="dark")
        assert_clean(page, COLOURS)
        page.emulate_media(color_scheme="light")


def assert_clean(page: Page, options: Mapping[str, Any] | None = None) -> None:
    """Axe finds nothing wrong."""
    asked = {"resultTypes": ["violations"], **(options or {})}
    broken = Axe().run(page, options=asked).response["violations"]
    assert not broken, (page.url, [(each["id"], each["nodes"][0]["html"]) for each in broken])
