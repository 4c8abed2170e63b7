"""Passkeys with a real browser and its virtual authenticator, and the pages held against the accessibility rules."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]
# Where an owner's day begins.
FIRST_PAGE = "**/setup/"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OWNER_PAGES = (
    "/account/",
    "/account/details/",
    "/account/email/",
    "/account/own-email/",
    "/account/another/",
    "/account/people/",
    "/account/passkeys/",
    "/account/password/",
    "/account/sessions/",
    "/account/stolen/",
    "/account/activity/",
    "/account/looks/",
    "/account/people/sessions/",
    "/me/looks/",
)
PUBLIC_PAGES = ("/sign-in/", "/sign-up/", "/sign-in/forgotten/", "/sign-in/mail-sent/", "/licences/")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Page:
    # Passkeys want a name, not an address.
    page = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost")).new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


@pytest.fixture
def olivia(live_server: Any) -> Inhabitant:
    return people.owner()


def sign_in(page: Page, who: Inhabitant) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(who.person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def add_passkey(page: Page) -> None:
    page.goto("/account/passkeys/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name=re.compile("^Rename"))).to_have_count(1)


def test_a_passkey_signs_in_without_address_or_password(page: Page, olivia: Inhabitant) -> None:
    sign_in(page, olivia)
    page.wait_for_url(FIRST_PAGE)
    add_passkey(page)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(FIRST_PAGE)


def test_the_second_factor_is_asked_after_the_password_and_satisfied_by_the_passkey(
    page: Page, olivia: Inhabitant
) -> None:
    sign_in(page, olivia)
    page.wait_for_url(FIRST_PAGE)
    add_passkey(page)
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert Person.objects.get(pk=olivia.person.pk).second_factor
    sign_out(page)
    sign_in(page, olivia)
    page.wait_for_url("**/sign-in/second/**")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(FIRST_PAGE)


def test_a_removed_passkey_opens_nothing(page: Page, olivia: Inhabitant) -> None:
    sign_in(page, olivia)
    page.wait_for_url(FIRST_PAGE)
    add_passkey(page)
    page.get_by_role("button", name=re.compile("^Remove")).click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No passkey yet")).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("not accepted")


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_clean_for_assistive_technology(
    browser: Browser, live_server: Any, olivia: Inhabitant, size: tuple[int, int], scheme: Any
) -> None:
    viewport: Any = {"width": size[0], "height": size[1]}
    page = browser.new_context(base_url=live_server.url, viewport=viewport, color_scheme=scheme).new_page()
    for path in PUBLIC_PAGES:
        assert_clean(page, path)
    sign_in(page, olivia)
    page.wait_for_url(FIRST_PAGE)
    for path in OWNER_PAGES:
        assert_clean(page, path)


def test_the_operators_console_is_clean_for_assistive_technology(
    browser: Browser, live_server: Any, olivia: Inhabitant
) -> None:
    sam = people.staff()
    page = browser.new_context(base_url=live_server.url).new_page()
    sign_in(page, sam)
    page.wait_for_url("**/operator/second-factor/**")
    assert_clean(page, "/operator/second-factor/")
    people.prove(sam.person)
    base = f"/operator/accounts/{olivia.account.id}"
    for path in ("/operator/", "/operator/staff/", f"{base}/", f"{base}/look/"):
        assert_clean(page, path)
    page.get_by_label("Reason").fill("Ticket 5: cannot publish the catalogue")
    page.get_by_role("button", name="Open the account").click()
    page.wait_for_url("**/details/")
    assert_clean(page, f"{base}/details/")


def test_staff_make_their_first_passkey_use_it_and_the_console_opens(page: Page) -> None:
    sam = people.staff()
    sign_in(page, sam)
    page.wait_for_url("**/operator/second-factor/**")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/operator/")
    expect(page.get_by_role("heading", name="Accounts", exact=True)).to_be_visible()


def assert_clean(page: Page, path: str) -> None:
    page.goto(path)
    found = Axe().run(page).response["violations"]
    assert not found, (path, [(each["id"], each["nodes"][0]["html"]) for each in found])
