"""The agents' inbox with 10,000 conversations: from the address to painted rows, and how it scrolls with all of them.

A real installation and Chromium at full speed on the same machine, files in the browser's cache as on any day but the
first. Medians of seven. The server's share is the snapshot alone, asked for by the same browser.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import figure
from tests.live.installation import live
from tests.office.conftest import CHROMIUM, enter

RUNS = 7
OPEN_LIMIT_MS = 300
FRAME_LIMIT_MS = 50
INBOX = "/chat/inbox/"
# The moment at which the first row stands in the page and a frame with it was painted.
PAINTED = """
new MutationObserver((_changes, observer) => {
  if (!document.querySelector(".inbox .entry")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => (window.painted = performance.now())));
}).observe(document, { childList: true, subtree: true });
"""
SNAPSHOT = """
async () => {
  const start = performance.now();
  const answer = await fetch("/chat/api/snapshot");
  const body = await answer.text();
  return { took: performance.now() - start, bytes: body.length };
}
"""
# Scrolls to the end again and again until nothing more comes.
TO_THE_END = """
async () => {
  const list = document.querySelector(".long-list");
  for (let still = 0, height = 0; still < 20; still += list.scrollHeight === height ? 1 : -still) {
    height = list.scrollHeight;
    list.scrollTop = height;
    await new Promise((done) => setTimeout(done, 100));
  }
  return list.scrollHeight / (4.75 * 16);
}
"""
FRAMES = """
async () => {
  const list = document.querySelector(".long-list");
  const took = [];
  for (let step = 0; step < 60; step += 1) {
    const start = performance.now();
    list.scrollTop = Math.round(list.scrollHeight * ((step * 37) % 60) / 60);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  return { took: took[Math.floor(took.length * 0.95)], rows: document.querySelectorAll(".entry").length };
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=10_000)
    count = parser.parse_args().conversations
    with tempfile.TemporaryDirectory() as folder, live(Path(folder)) as server, sync_playwright() as started:
        server.made.run("demo")
        server.scene(f"from benchmarks._many_conversations import fill\nfill({count})")
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=server.address, viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(120_000)
        page.add_init_script(PAINTED)
        enter(page, "agent")
        _measure(page, count)
        browser.close()


def _measure(page: Page, count: int) -> None:
    opened = statistics.median(_open(page) for _ in range(RUNS))
    served = [page.evaluate(SNAPSHOT) for _ in range(RUNS)]
    took = statistics.median(each["took"] for each in served)
    print(f"the snapshot: {took:.0f} ms and {served[0]['bytes'] / 1000:.0f} kB of it")
    rows = page.evaluate(TO_THE_END)
    print(f"scrolled to the end: about {rows:.0f} rows of {count}")
    scrolled = page.evaluate(FRAMES)
    print(f"rows in the page while scrolling: {scrolled['rows']}")
    figure("chat_inbox_open", opened, "ms", f"<{OPEN_LIMIT_MS}", opened < OPEN_LIMIT_MS)
    figure("chat_inbox_scroll_p95", scrolled["took"], "ms", f"<{FRAME_LIMIT_MS}", scrolled["took"] < FRAME_LIMIT_MS)


def _open(page: Page) -> float:
    """Milliseconds from asking for the address to rows on the screen."""
    page.goto("about:blank")
    page.goto(INBOX)
    page.wait_for_function("() => window.painted > 0")
    painted: float = page.evaluate("window.painted")
    page.wait_for_timeout(500)
    return painted


if __name__ == "__main__":
    main()
