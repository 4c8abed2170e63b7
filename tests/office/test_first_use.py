"""A new shop owner, from the mailed link to a published price list."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from allonce.products.catalogue import importing
from tests.live.installation import LiveInstallation
from tests.phone.mails import Mailbox

pytestmark = pytest.mark.real
ADDRESS = "nora@quillblinds.example"
SHEET = Path(importing.__file__).parent / "tests" / "data" / "roller_bands_stacked.xlsx"


def test_a_new_shop_cannot_find_its_way_from_signing_up_to_published_prices(page: Page, demo: LiveInstallation) -> None:
    _sign_up(page, demo)
    steps = page.get_by_role("region", name="Your way to the first quote")
    expect(steps.get_by_text("0 of 6 done")).to_be_visible()
    steps.get_by_role("link", name="Import prices").click()
    page.get_by_label("Kind").select_option(label="Roller blind")
    page.get_by_label("Name of the new product").fill("Day and night")
    page.get_by_label("Choose a file, or drop it here").set_input_files(SHEET)
    page.get_by_role("button", name="Read the sheet").click()
    page.get_by_role("button", name="Take over into the draft").click()
    page.get_by_role("link", name="Look at what would be published").click()
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()
    page.goto("/account/")
    expect(steps.get_by_text("2 of 6 done")).to_be_visible()


def _sign_up(page: Page, demo: LiveInstallation) -> None:
    page.goto("/sign-up/")
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    demo.made.python("from allonce.kernel.jobs.worker import run_due\nrun_due()")
    page.goto(_link(Mailbox(demo.mailbox)))
    page.get_by_label("Your name").fill("Nora Quill")
    page.get_by_label("Name of the business").fill("Quill Blinds")
    page.get_by_label("Password").fill("five quite unrelated words")
    page.get_by_label("Your date of birth").fill("1988-05-09")
    page.get_by_role("button", name="Open the account").click()
    expect(page.get_by_role("heading", name="Before you go on")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Agree and go on").click()
    expect(page.get_by_role("heading", name="Quill Blinds")).to_be_visible()


def _link(mailbox: Mailbox) -> str:
    body = mailbox.to(ADDRESS)[0].get_body(("plain",))
    found = re.search(r"http://\S+/sign-up/\S+", body.get_content() if body else "")
    assert found
    return found[0]
