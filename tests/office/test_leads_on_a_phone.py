"""The list of leads on a phone: what one came for is on the first screen, and every filter one touch away."""

import pytest
from playwright.sync_api import Page, expect

from tests.live.installation import LiveInstallation
from tests.office.rules import PHONE, assert_keeps_the_rules

pytestmark = pytest.mark.real


def test_filters_fill_the_first_screen_of_a_phone(page: Page, demo: LiveInstallation) -> None:
    page.goto("/")
    page.locator("form[action$='/demo/merchant/'] button").click()
    page.wait_for_load_state()
    page.goto("/chat/leads/")
    expect(page.get_by_label("State")).to_be_visible()
    page.set_viewport_size(PHONE)
    expect(page.get_by_label("State")).to_be_hidden()
    expect(page.locator("[data-rows] tbody tr").first).to_be_in_viewport()
    page.get_by_label("Search").press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("State").select_option(label="Contacted")
    assert_keeps_the_rules(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("State")).to_be_visible()
    page.goto("/chat/leads/?q=Tom")
    expect(page.get_by_label("State")).to_be_hidden()
