"""A surveyor's hands on the phone: what the browser tests do, in the words of the screens."""

import shutil
import signal
from contextlib import suppress
from pathlib import Path

import psutil
from playwright.sync_api import BrowserContext, Error, Locator, Page, Playwright, expect

from tests.live.names import SHOP_EMAIL

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
PIN = "274916"
SLOW_MS = 10_000


class Phone:
    """One phone: a browser profile on disk that survives whatever happens to the browser."""

    def __init__(self, playwright: Playwright, address: str, profile: Path) -> None:
        self._playwright = playwright
        self.address = f"{address}/mobile/"
        self.profile = profile
        self.context: BrowserContext = None  # type: ignore[assignment]  # set by `switch_on`
        self.page: Page = None  # type: ignore[assignment]  # set by `switch_on`

    def switch_on(self, *, offline: bool = False, dark: bool = False, width: int = 390, height: int = 844) -> None:
        self.context = self._playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            viewport={"width": width, "height": height},
            has_touch=True,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.context.set_offline(offline)
        self.page = self.context.pages[0]
        self.page.set_default_timeout(SLOW_MS)
        self.page.goto(self.address)

    def switch_off(self) -> None:
        self.context.close()

    def kill(self) -> None:
        """As when the battery falls out: no page is told, no write is finished."""
        for process in psutil.process_iter(["cmdline"]):
            if f"--user-data-dir={self.profile}" in (process.info["cmdline"] or []):
                process.send_signal(signal.SIGKILL)
        with suppress(Error):  # the browser is gone already
            self.context.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()

    # --- first use and daily use

    def register(self, user_id: str = "JB", email: str = SHOP_EMAIL) -> None:
        self.page.get_by_label("account email").fill(email)
        self.page.get_by_label("Your User ID").fill(user_id)
        self.button("Register this phone").click()

    def set_up(self, user_id: str = "JB", email: str = SHOP_EMAIL) -> None:
        """Register, set the PIN, and wait for the catalogue."""
        self.register(user_id, email)
        expect(self.page.get_by_text("Choose a PIN of six digits")).to_be_visible()
        self.type_pin(PIN)
        self.type_pin(PIN)
        self.expect_home()
        self.wait_until_kept()

    def type_pin(self, pin: str) -> None:
        for digit in pin:
            self.button(digit, exact=True).click()
        self.page.locator(".gate .button.primary, .sheet .button.primary").click()

    def unlock(self) -> None:
        expect(self.page.get_by_role("heading", name="Enter your PIN")).to_be_visible()
        self.type_pin(PIN)

    def expect_home(self) -> None:
        expect(self.page.get_by_role("heading", name="Jobs", exact=True)).to_be_visible(timeout=SLOW_MS)

    def wait_until_kept(self) -> None:
        """The service worker holds the app: from now on the network is not needed."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")

    def home(self) -> None:
        self.page.evaluate("location.hash = '#/'")
        self.expect_home()

    # --- a job

    def start_quote(self, name: str = "Margaret Ashworth", email: str = "margaret@customer.example") -> None:
        self.button("New quote").click()
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_label("Email", exact=True).fill(email)

    def to_windows(self) -> None:
        self.page.get_by_role("link", name="Windows", exact=True).click()

    def to_quote(self) -> None:
        self.page.get_by_role("link", name="Quote", exact=True).click()

    def add_window(self, room: str = "Living room") -> None:
        self.button(f"Window in {room}").click()
        expect(self.page.locator(".sizes")).to_be_visible()

    def choose_cloth(self, product: str, range_name: str, colour: str) -> None:
        self.page.locator(".picker", has_text="Product").click()
        self.sheet.locator("button.entry", has_text=product).click()
        expect(self.sheet.get_by_role("heading").first).not_to_have_text("Product")
        if self.sheet.locator("button.entry", has_text=range_name).count() == 0:
            self.sheet.locator("button.colour", has_text=colour).click()
            return
        self.sheet.locator("button.entry", has_text=range_name).click()
        self.sheet.locator("button.colour", has_text=colour).click()

    def measure(self, width: int, drop: int) -> None:
        """With our own keypad: width, next, drop, done."""
        self.page.locator(".size input").first.click()
        self._keys(str(width))
        self.page.locator(".keypad .go").click()
        self._keys(str(drop))
        self.page.locator(".keypad .go").click()

    def _keys(self, digits: str) -> None:
        for digit in digits:
            self.page.locator(".keypad").get_by_role("button", name=digit, exact=True).click()

    def whole_quote(self, name: str = "Margaret Ashworth", email: str = "margaret@customer.example") -> None:
        """The shortest quote that can be sent, up to the Quote tab."""
        self.start_quote(name, email)
        self.to_windows()
        self.add_window()
        self.choose_cloth("Roller blind", "Cedar", "Teak")
        self.measure(1130, 1450)
        self.back()
        self.to_quote()

    def complete(self) -> None:
        self.button("Mark complete").click()
        expect(self.page.get_by_text("Completed ")).to_be_visible()

    def sign(self) -> None:
        self.page.get_by_role("link", name="Signature").click()
        box = self.page.locator("canvas").bounding_box()
        assert box
        mouse = self.page.mouse
        mouse.move(box["x"] + 40, box["y"] + 90)
        mouse.down()
        for step in range(12):
            mouse.move(box["x"] + 40 + step * 15, box["y"] + 90 + (30 if step % 2 else -30))
        mouse.up()
        self.button("Done").click()

    def back(self) -> None:
        self.button("Back").first.click()

    # --- looking

    def button(self, name: str, *, exact: bool = False) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    @property
    def sheet(self) -> Locator:
        return self.page.locator("dialog[open]")

    def expect_words(self, words: str) -> None:
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=SLOW_MS)

    def stored_bytes(self) -> bytes:
        """Every byte of every file of the browser's profile."""
        return b"\n".join(file.read_bytes() for file in self.profile.rglob("*") if file.is_file())
