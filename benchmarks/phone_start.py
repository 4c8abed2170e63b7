"""First load of Mobile in compressed bytes, start without network, and the time from a key to its paint and its write.

Runs a real installation and Chromium at 4x processor throttle, which is about a phone of 2 GB. Medians of five.
"""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks import figure
from tests.live.installation import live
from tests.phone.driver import Phone

RUNS = 5
THROTTLE = 4
FIRST_LOAD_LIMIT = 1_000_000
START_LIMIT_MS = 1000
FRAME_LIMIT_MS = 50

TYPING = """
async (letter) => {
  const field = document.querySelector(".content input.input");
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const start = performance.now();
  field.value += letter;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  const handled = performance.now() - start;
  await frame();
  return { handled, painted: performance.now() - start };
}
"""

KEPT_FILES = """
async () => {
  const kept = await caches.open((await caches.keys())[0]);
  return (await kept.keys()).map((request) => request.url);
}
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, live(Path(folder) / "server") as server, sync_playwright() as started:
        phone = Phone(started, server.address, Path(folder) / "phone")
        phone.switch_on()
        load = _loaded_bytes(phone.page)
        phone.set_up("JB")
        phone.switch_off()
        starts = statistics.median(_offline_start(phone) for _ in range(RUNS))
        handled, painted = _typing(phone)
    figure("mobile_first_load", load / 1000, "kB", f"<{FIRST_LOAD_LIMIT // 1000}", load < FIRST_LOAD_LIMIT)
    figure("mobile_offline_start", starts, "ms", f"<{START_LIMIT_MS}", starts < START_LIMIT_MS)
    figure("mobile_key_handled", handled, "ms", f"<{FRAME_LIMIT_MS}", handled < FRAME_LIMIT_MS)
    figure("mobile_key_painted", painted, "ms", f"<{FRAME_LIMIT_MS * 2}", painted < FRAME_LIMIT_MS * 2)


def _loaded_bytes(page: Page) -> float:
    """Bytes over the network of everything the first load and the service worker's store need."""
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    files: list[str] = page.evaluate(KEPT_FILES)
    whole = 0
    for address in files:
        answer = page.request.get(address, headers={"Accept-Encoding": "br"})
        whole += int(answer.headers.get("content-length") or len(answer.body()))
    return whole


def _throttled(page: Page) -> CDPSession:
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    return tools


def _offline_start(phone: Phone) -> float:
    """Milliseconds from navigation to the PIN's keys being on the screen, network off."""
    phone.switch_on(offline=True)
    _throttled(phone.page)
    phone.page.reload()
    phone.page.wait_for_selector(".pin-pad")
    shown: Any = phone.page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()"
    )
    until_ready: float = phone.page.evaluate("performance.now()")
    phone.switch_off()
    return max(float(shown), until_ready)


def _typing(phone: Phone) -> tuple[float, float]:
    """A key in the customer's name, in a job of eight windows: until handled, and until painted."""
    phone.switch_on(offline=True)
    phone.unlock()
    phone.whole_quote()
    phone.to_windows()
    for _ in range(7):
        phone.add_window()
        phone.measure(1130, 1450)
        phone.back()
    phone.page.get_by_role("link", name="Customer").click()
    _throttled(phone.page)
    times = [phone.page.evaluate(TYPING, letter) for letter in "abcdefghijklmnopqrstuvwxyz"]
    phone.switch_off()
    return statistics.median(one["handled"] for one in times), statistics.median(one["painted"] for one in times)


if __name__ == "__main__":
    main()
