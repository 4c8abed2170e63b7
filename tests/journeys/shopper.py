"""Hands of somebody who looks at cars on the demo's sites and asks about one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Frame, Locator, Page, ViewportSize, expect

from tests.chat_widget.visitor import OPEN_SHADOW, WIDE, frame_of, newcomer, write

# All that the server gives to who has this visitor's token, shown or not.
GIVEN = """
async () => {
  const kept = Object.keys(sessionStorage).map((name) => JSON.parse(sessionStorage[name]));
  const { token, stream } = kept.find((each) => each.token);
  const headers = { Authorization: `Bearer ${token}` };
  return (await fetch(`/rt/v1/poll?s=${stream}&after=0&wait=0`, { headers })).text();
}
"""


class Shopper:
    """One visitor on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def button(self) -> Locator:
        """In whose shadow only a test can look."""
        return self.page.locator("button.launch")

    @property
    def frame(self) -> Frame:
        return frame_of(self.page)

    @property
    def head(self) -> Locator:
        """Whom one talks with."""
        return self.frame.locator("h1")

    @property
    def standing(self) -> Locator:
        """What goes on just now."""
        return self.frame.locator(".standing")

    def open(self) -> Frame:
        self.button.click()
        return self.frame

    def write(self, text: str) -> None:
        write(self.frame, text)

    def state(self, text: str) -> Locator:
        """What became of the visitor's own words."""
        return self.frame.locator(".mine", has_text=text).last.locator(".state")

    @property
    def said(self) -> Locator:
        """What both sides said."""
        return self.frame.locator(".message:not(.system) .bubble")

    def given(self) -> str:
        """Every byte of the conversation that reaches this browser."""
        return str(self.frame.evaluate(GIVEN))

    def sends_picture(self, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.frame.get_by_role("button", name="Send a picture").click()
        chooser.value.set_files(file)
        expect(self.frame.locator(".mine img")).to_be_visible()

    def leaves_message(self, text: str, name: str, email: str) -> None:
        """For when somebody is there again."""
        form = self.frame.locator(".offline")
        expect(form).to_contain_text("Nobody from Fenwick Cars is here just now.")
        form.get_by_label("Your message").fill(text)
        form.get_by_label("Your name").fill(name)
        form.get_by_label("Your email address").fill(email)
        form.get_by_role("button", name="Leave the message").click()
        expect(form).to_contain_text(f"The answer goes to {email}.")

    def leaves_address(self, email: str) -> None:
        """So that the answer finds the visitor after the page is closed."""
        self.frame.get_by_role("button", name="More").click()
        self.frame.get_by_role("button", name="Have the answer by mail").click()
        dialog = self.frame.locator("dialog")
        dialog.get_by_label("Your email address").fill(email)
        dialog.get_by_role("button", name="Send the answer by mail").click()
        expect(dialog).to_contain_text(email)
        self.page.keyboard.press("Escape")


@contextmanager
def shopping(browser: Browser, address: str, size: ViewportSize = WIDE) -> Iterator[Shopper]:
    """In a fresh browser on that page, with the button in its place."""
    context = newcomer(browser, size)
    context.add_init_script(OPEN_SHADOW)
    shopper = Shopper(context.new_page())
    shopper.page.goto(address)
    expect(shopper.button).to_be_visible()
    yield shopper
    context.close()
