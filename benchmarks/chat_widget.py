"""The chat widget: bytes on the wire until a chat is open, and the time from the press to the first paint.

A real installation, a foreign page on another origin, and a fresh Chromium for each run, so that nothing is in a cache.
Medians of seven.
"""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks import figure
from tests.chat_widget.agent import Agent
from tests.chat_widget.conftest import CHROMIUM
from tests.chat_widget.host import hosting
from tests.chat_widget.visitor import WIDE, page_with
from tests.live.installation import LiveInstallation, live

RUNS = 7
MOST_BYTES = 15_000
PAINT_LIMIT_MS = 100

PRESSED = """
() => {
  const at = performance.timeOrigin + performance.now();
  allonceChat.open();
  return at;
}
"""
PAINTED = """
() => new Promise((done) => {
  const told = (list) => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (paint) done(performance.timeOrigin + paint.startTime);
  };
  new PerformanceObserver(told).observe({ type: "paint", buffered: true });
})
"""


def main() -> None:
    """Print both figures."""
    with tempfile.TemporaryDirectory() as folder, live(Path(folder)) as demo, sync_playwright() as driver:
        demo.made.run("demo")
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        Agent(browser, demo.address).come()
        runs = [_run(browser, demo) for _ in range(RUNS)]
        browser.close()
    before, whole, paint = (statistics.median(values) for values in zip(*runs, strict=True))
    figure("chat_widget_before_opening", before / 1000, "kB", f"<{MOST_BYTES // 1000}", before < MOST_BYTES)
    figure("chat_widget_until_open", whole / 1000, "kB", f"<{MOST_BYTES // 1000}", whole < MOST_BYTES)
    figure("chat_widget_first_paint", paint, "ms", f"<{PAINT_LIMIT_MS}", paint < PAINT_LIMIT_MS)


def _run(browser: Browser, demo: LiveInstallation) -> tuple[float, float, float]:
    """Compressed body bytes until the button stands and until the chat is open; milliseconds to its first paint."""
    with hosting() as host:
        address = host.put("/", page_with(demo.address))
        context = browser.new_context(viewport=WIDE)
        page = context.new_page()
        finished: list[Request] = []
        page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 (the driver marks what it is given)
        page.goto(address)
        page.wait_for_function("Boolean(window.allonceChat)")
        page.wait_for_timeout(500)
        before = _sum(finished, demo.address)
        paint = _opened(page)
        whole = _sum(finished, demo.address)
        context.close()
    return before, whole, paint


def _opened(page: Page) -> float:
    """Opens the chat as the button does; the time until something of it is painted."""
    pressed: float = page.evaluate(PRESSED)
    for _tries in range(200):
        if len(page.frames) > 1 and "/frame" in page.frames[1].url:
            break
        page.wait_for_timeout(20)
    painted: Any = page.frames[1].evaluate(PAINTED)
    page.frames[1].locator("#message").wait_for()
    page.wait_for_timeout(300)
    return float(painted) - pressed


def _sum(finished: list[Request], origin: str) -> float:
    """Body bytes as they came over the wire; what is fetched behind the first paint has "later" in its name."""
    ours = [each for each in finished if each.url.startswith(origin) and "later" not in each.url]
    return float(sum(each.sizes()["responseBodySize"] for each in ours))


if __name__ == "__main__":
    main()
