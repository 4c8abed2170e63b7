"""The translated engine on a page of a real Chromium."""

import json
import shutil

from playwright.sync_api import Browser, Page, Playwright

from allonce.pricing.tests.homes import Answer, Call, Home


def launch(playwright: Playwright) -> Browser:
    """The machine's Chromium, or the one that playwright brought."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])


def engine_page(browser: Browser, *scripts: str) -> Page:
    """An empty page that holds these modules' exports as `window.engine`."""
    page = browser.new_page()
    for script in scripts:
        page.evaluate(
            """async text => {
              const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
              window.engine = { ...window.engine, ...(await import(url)) };
            }""",
            script,
        )
    return page


def answering_page(browser: Browser, *scripts: str) -> Home:
    """The page as a home: calls go in and answers come out as text."""
    page = engine_page(browser, *scripts)

    def ask(calls: list[Call]) -> list[Answer]:
        answer = "text => JSON.stringify(engine.answerAll(engine, JSON.parse(text)))"
        return json.loads(page.evaluate(answer, json.dumps(calls)))  # type: ignore[no-any-return]

    return ask
