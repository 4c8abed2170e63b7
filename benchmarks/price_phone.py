"""Time of one price line on a slow phone: `python -m benchmarks.price_phone`.

The translated engine in Chromium with the processor throttled to a sixth, as a 2 GB phone is.
Every run begins with a fresh page that has compiled nothing. A line's time is its median over
the runs, so that what other processes of the machine do does not count; the worst line is the
slowest of these, the very first after loading among them.
"""

from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from allonce.pricing.tests.browser import engine_page, launch
from allonce.pricing.translate import translate
from benchmarks import figure
from benchmarks._price_case import DATE, catalogue, items

THROTTLE = 6
RUNS = 7
LINES = 300

# The browser's clock is coarse: for the median each line is priced `repeat` times on end.
MEASURE = """([windows, date, repeat]) => windows.map(window => {
  const start = performance.now();
  for (let count = 0; count < repeat; count += 1) engine.price_line(shop, window, date);
  return (performance.now() - start) / repeat;
})"""


def throttled_pages(browser: Browser) -> Iterator[Page]:
    """Fresh pages with the engine and the catalogue, slowed down."""
    script, shop = translate(), catalogue()
    for _ in range(RUNS):
        page = engine_page(browser, script)
        page.evaluate("shop => { window.shop = shop; }", shop)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
        yield page
        page.close()


def measure(page: Page, windows: list[Any], repeat: int) -> list[float]:
    """Milliseconds of each line."""
    return [float(value) for value in page.evaluate(MEASURE, [windows, DATE, repeat])]


def main() -> None:
    """Print the median and the worst line."""
    windows = items(LINES)
    cold, warm = [], []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for page in throttled_pages(browser):
            cold.append(measure(page, windows, 1))
            warm.append(measure(page, windows, 20))
        browser.close()
    middle = median(median(run) for run in warm)
    worst = max(median(times) for times in zip(*cold, strict=True))
    figure("price_phone_median", middle, "ms", "<1", middle < 1)
    figure("price_phone_worst", worst, "ms", "<16", worst < 16)


if __name__ == "__main__":
    main()
