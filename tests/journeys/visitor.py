"""Hands of people at the demo: each has a browser of their own and reads their mail in its mailbox."""

import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.demo import Demo
from tests.office.addresses import OPERATOR, OWNER, PUBLIC
from tests.office.rules import WIDE, assert_keeps_the_rules
from tests.phone.mails import Mailbox

LETTER_SECONDS = 90
# Pages as they stand at the beginning; what is done on them is looked at here.
HELD_ELSEWHERE = {address for pages in (PUBLIC, OWNER, OPERATOR) for address in pages.values()}

# As patient as everything else here: the demo may share its machine.
expect.set_options(timeout=30_000)


class Visitor:
    """Somebody with a browser, not signed in."""

    def __init__(self, browser: Browser, demo: Demo) -> None:
        self.demo = demo
        self.context = browser.new_context(base_url=demo.address, viewport=WIDE, reduced_motion="reduce")
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()

    def go(self, path: str) -> None:
        """Open a page; hold it against the rules unless another test does."""
        answer = self.page.goto(path)
        assert answer is None or answer.ok, (path, answer.status)
        if path not in HELD_ELSEWHERE:
            self.keeps_the_rules()

    def keeps_the_rules(self) -> None:
        """Axe finds nothing in light and dark, wide and narrow."""
        assert_keeps_the_rules(self.page)

    def press(self, name: str | re.Pattern[str], *, inside: Locator | None = None) -> None:
        """Press the first button of that name."""
        (inside or self.page).get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow the first link of that name."""
        self.page.get_by_role("link", name=name).first.click()

    def fill(self, label: str, words: str, *, inside: Locator | None = None) -> None:
        """Type into the field of that label."""
        (inside or self.page).get_by_label(label, exact=True).fill(words)

    def sees(self, words: str | re.Pattern[str]) -> None:
        """The words stand on the page."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def heads(self, words: str | re.Pattern[str]) -> None:
        """The page is headed by the words."""
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()

    def card(self, title: str) -> Locator:
        """The card under that heading."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.page.locator("section.card, div.card").filter(has=heading)

    def downloads(self, button: str) -> Path:
        """Press a button that hands out a file."""
        with self.page.expect_download() as handed:
            self.press(button)
        return handed.value.path()

    def cookies(self) -> set[str]:
        """Names of the cookies that the demo has set."""
        return {cookie["name"] for cookie in self.context.cookies()}

    def sign_in(self, email: str, password: str) -> None:
        """With a password, at the public door."""
        self.page.goto("/sign-in/")
        self.fill("Email", email)
        self.fill("Password", password)
        self.press(re.compile("^Sign in$"))

    def through_the_door(self, who: str) -> None:
        """By one click on the front page, as "owner" (Olivia) or "operator" (Sam)."""
        self.page.goto("/")
        with self.page.expect_navigation():
            self.page.locator(f"form[action$='/demo/{who}/'] button").click()

    def add_virtual_passkey(self) -> None:
        """Give this browser a device that holds passkeys and always says yes."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def letter(demo: Demo, to: str, says: str) -> str:
    """The text of a letter to that address in which the words stand, once it has arrived."""
    deadline = time.monotonic() + LETTER_SECONDS
    while time.monotonic() < deadline:
        for each in Mailbox(demo.mailbox).to(to):
            body = each.get_body(("plain",))
            text = f"{each['Subject']}\n{body.get_content() if body else ''}"
            if says in re.sub(r"\s+", " ", text):
                return text
        time.sleep(0.3)
    subjects = [str(each["Subject"]) for each in Mailbox(demo.mailbox).to(to)]
    raise AssertionError(f"no letter to {to} says {says!r}; there are {subjects}")


def link_in(text: str, path: str) -> str:
    """The address below `path` in a letter."""
    found = re.search(rf"http://\S+{path}\S+", text)
    assert found, text
    return found[0]
