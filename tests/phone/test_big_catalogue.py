"""The largest catalogue: it comes down in spite of breaks, and its lists stay short enough to draw."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Request, expect

from tests.live.big_catalogue import PICTURED
from tests.live.installation import LiveInstallation
from tests.phone.driver import PIN, Phone

pytestmark = [pytest.mark.real, pytest.mark.django_db]

CHUNKS = "/api/mobile/v1/catalogue/chunks"
LONG_MS = 120_000
MOST_DRAWN = 100
HALF_WAY = 50


@pytest.fixture
def big_shop(live_installation: LiveInstallation) -> LiveInstallation:
    live_installation.scene("scene.free_user('JB')\nscene.publish_big()")
    return live_installation


def asked_for(phone: Phone) -> set[str]:
    """The hashes of the chunks that were asked for, filled as the phone goes on."""
    hashes: set[str] = set()

    def note(request: Request) -> None:
        if CHUNKS not in request.url:
            return
        many = request.post_data_json if request.method == "POST" else None
        hashes.update(many["hashes"] if many else [request.url.rpartition("/")[2]])

    phone.page.on("requestfinished", note)
    return hashes


def begin(phone: Phone) -> None:
    phone.register()
    phone.type_pin(PIN)
    phone.type_pin(PIN)


def wait_until_half_way(phone: Phone) -> None:
    """Asked from here, since the page's content policy refuses a condition given as text."""
    bar = phone.page.get_by_role("progressbar")
    expect(bar).to_be_visible(timeout=LONG_MS)
    while int(bar.get_attribute("aria-valuenow") or 0) < HALF_WAY:
        phone.page.wait_for_timeout(20)


def test_a_download_that_is_killed_goes_on_where_it_stopped_and_long_lists_are_drawn_in_part(
    big_shop: LiveInstallation, new_phone: Callable[[], Phone]
) -> None:
    assert big_shop.address
    phone = new_phone()
    first = asked_for(phone)
    begin(phone)
    wait_until_half_way(phone)
    phone.kill()
    phone.switch_on()
    again = asked_for(phone)
    phone.unlock()
    expect(phone.page.get_by_role("heading", name="Jobs", exact=True)).to_be_visible(timeout=LONG_MS)
    # What was on its way at the kill is asked for twice, and nothing else.
    assert len(first) > 100
    assert len(first & again) < 20
    long_lists(phone)


def long_lists(phone: Phone) -> None:
    phone.context.set_offline(True)
    phone.start_quote()
    phone.to_windows()
    phone.add_window()
    phone.page.locator(".picker", has_text="Product").click()
    phone.sheet.locator("button.entry", has_text="whole book").click()
    expect(phone.sheet.get_by_text("9851 names")).to_be_visible()
    assert phone.sheet.locator("button.entry").count() < MOST_DRAWN
    phone.sheet.get_by_role("searchbox").fill("blackout break")
    expect(phone.sheet.get_by_text("1 name")).to_be_visible()
    phone.sheet.locator("button.entry", has_text=PICTURED).click()
    expect(phone.sheet.locator("img.swatch").nth(5)).to_be_visible()
    assert phone.sheet.locator("button.colour").count() < MOST_DRAWN
    phone.sheet.locator(".inside").evaluate("inside => inside.scrollTo(0, inside.scrollHeight)")
    phone.sheet.locator("button.colour", has_text="Colour 299").click()
    phone.measure(1130, 1450)
    expect(phone.page.locator(".price .figure")).to_contain_text("£")
