"""Every screen in both lights and both widths: no accessibility faults, nothing wider than the phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.live.installation import LiveInstallation
from tests.phone.driver import Phone

pytestmark = [pytest.mark.real, pytest.mark.django_db]

LONG = "The Extraordinarily Long Breakwater Blackout Book with Aluminium Backing and Child-Safe Chain, Edition of 2026"
BEYOND = """
[...document.querySelectorAll(".screen *")]
  .filter((one) => one.getClientRects().length && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.textContent.slice(0, 60))
"""


def screens(phone: Phone) -> Iterator[str]:
    """Walks through the app, resting at each screen."""
    yield "home, empty"
    phone.whole_quote()
    yield "quote"
    phone.page.get_by_role("link", name="Customer", exact=True).click()
    yield "customer"
    phone.to_windows()
    yield "windows"
    phone.page.locator("a.entry", has_text="Window 1").click()
    yield "item"
    phone.page.locator(".price").click()
    yield "why"
    phone.page.keyboard.press("Escape")
    phone.page.locator(".picker", has_text="Colour").click()
    yield "colours"
    phone.page.keyboard.press("Escape")
    phone.page.locator(".size input").first.click()
    yield "keypad"
    phone.page.keyboard.press("Escape")
    phone.back()
    phone.to_quote()
    phone.button("Show").click()
    yield "paper"
    phone.back()
    phone.page.get_by_role("link", name="Signature").click()
    yield "sign"
    phone.back()
    phone.complete()
    phone.expect_words("On its way")
    yield "sent"
    phone.home()
    phone.page.get_by_role("link", name="Settings").first.click()
    yield "settings"


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    told = [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found]
    return told + (["wider than the screen"] if wide else [])


@pytest.mark.parametrize(
    ("dark", "width", "height"), [(False, 390, 844), (True, 360, 640), (False, 768, 1024), (True, 1440, 900)]
)
def test_no_screen_has_accessibility_faults(phone: Phone, dark: bool, width: int, height: int) -> None:
    phone.page.emulate_media(color_scheme="dark" if dark else "light")
    phone.page.set_viewport_size({"width": width, "height": height})
    assert not {name: found for name in screens(phone) if (found := faults(phone.page))}


def test_text_at_twice_its_size_still_fits_the_phone(phone: Phone) -> None:
    phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = [name for name in screens(phone) if "wider than the screen" in faults(phone.page)]
    assert not wide


def test_the_longest_names_fit_the_smallest_phone(phone: Phone, live_installation: LiveInstallation) -> None:
    live_installation.scene(f"scene.publish_named({LONG!r})")
    phone.button("Check now").click()
    phone.expect_words("Catalogue 2, checked")
    phone.page.set_viewport_size({"width": 360, "height": 640})
    phone.start_quote(LONG)
    phone.to_windows()
    phone.add_window()
    phone.choose_cloth(LONG, LONG, LONG)
    phone.measure(1130, 1450)
    assert not beyond_the_edge(phone.page)
    phone.button("More about this window").click()
    phone.sheet.get_by_label("Name of the window").fill(LONG)
    phone.page.keyboard.press("Escape")
    phone.back()
    price = phone.page.locator("main a.entry .number").bounding_box()
    assert price and price["x"] + price["width"] < 360
    assert not beyond_the_edge(phone.page)
    phone.to_quote()
    phone.button("Show").click()
    assert not beyond_the_edge(phone.page)


def beyond_the_edge(page: Page) -> list[str]:
    """Words of whatever ends to the right of the screen."""
    found: list[str] = page.evaluate(BEYOND)
    return found
