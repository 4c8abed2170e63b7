"""The shop owner's hands in Setup."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from allonce.products import catalogue

SHEETS = Path(catalogue.__file__).parent / "importing" / "tests" / "data"


class Office:
    """One browser in which Olivia works."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.page: Page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        self.page.set_default_timeout(20_000)

    def walk_in(self) -> None:
        self.page.goto(self.address)
        self.page.get_by_role("button", name="Open Setup as Olivia").click()
        expect(self.page.get_by_role("heading", name="Products")).to_be_visible()

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def import_sheet(self, name: str) -> None:
        """By file, for the roller blind, taking over everything that was found."""
        self.go("/setup/import/")
        self.page.locator("input[type=file]").set_input_files(SHEETS / name)
        self.page.get_by_role("button", name="Read the sheet").click()
        expect(self.page.get_by_text("How the sheet was understood")).to_be_visible()
        said = ("I looked at what is doubtful, and it is right.", "disagree on VAT, and I mean it so.")
        for tick in (self.page.get_by_label(each) for each in said):
            if tick.count():
                tick.check()
        self.page.get_by_role("button", name="Take over into the draft").click()
        expect(self.page.get_by_role("button", name="Take the whole import back")).to_be_visible()

    def trial_price(self) -> str:
        return self.page.locator("#trial-price, .trial .figure").first.inner_text()

    def publish(self) -> None:
        self.go("/setup/publish/")
        self.page.get_by_role("button", name=re.compile("^Publish")).first.click()
        expect(self.page.get_by_text("Version 2").first).to_be_visible()

    def add_user(self, user_id: str, name: str, discount: int) -> None:
        """A surveyor who may give `discount` percent."""
        self.go("/setup/users/")
        self.page.get_by_role("button", name="Add a User").or_(self.page.get_by_role("link", name="Add a User")).click()
        self.page.get_by_label("User ID").fill(user_id)
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_label("iscount").fill(str(discount))
        self.page.get_by_role("button", name=re.compile("^Add")).last.click()
        expect(self.page.get_by_text(user_id, exact=True).first).to_be_visible()
