"""The README's pictures, taken anew from a running demo: python -m tests.journeys.pictures"""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.journeys.demo import ROOT, Demo
from tests.journeys.office import Office
from tests.journeys.visit import SHOP, agree, capture_in_the_home
from tests.phone.driver import CHROMIUM, Phone
from tests.phone.mails import Mailbox

FOLDER = ROOT / "docs" / "pictures"
DEMO_USER = "AM"
NOTE_MS = 8000  # by then the last note has gone


def main() -> None:
    """One demo, three doors, one picture each."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = Demo(Path(folder))
        with demo.running():
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            picture_of_setup(browser, demo)
            picture_of_mobile(playwright, demo, Path(folder))
            picture_of_mailbox(browser, demo)


def picture_of_setup(browser: Browser, demo: Demo) -> None:
    office = Office(browser, demo.address)
    office.walk_in()
    office.go("/setup/product/p_roller/tables/")
    keep(office.page, "setup")


def picture_of_mobile(playwright: Playwright, demo: Demo, folder: Path) -> None:
    phone = Phone(playwright, demo.address, folder / "phone")
    phone.switch_on()
    phone.set_up(DEMO_USER, SHOP)
    photos = [folder / "window1.jpg", folder / "window2.jpg"]
    for number, photo in enumerate(photos):
        Image.radial_gradient("L").resize((1600, 1200 + number)).convert("RGB").save(photo)
    capture_in_the_home(phone, photos)
    phone.page.wait_for_timeout(NOTE_MS)
    phone.page.locator("a.entry", has_text="Window 3").click()
    keep(phone.page, "mobile")
    phone.back()
    agree(phone)
    phone.complete()
    Mailbox(demo.mailbox).wait_for(2)
    phone.switch_off()


def picture_of_mailbox(browser: Browser, demo: Demo) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(demo.mailbox)
    page.get_by_text("Your quote").first.click()
    keep(page, "mailbox")


def keep(page: Page, name: str) -> None:
    page.wait_for_timeout(600)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
