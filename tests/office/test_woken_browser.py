"""A browser that somebody lets be woken shows a notice with no page open. Chromium's own door for it is used."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.live.installation import LiveInstallation
from tests.office.conftest import enter
from tests.office.rules import assert_keeps_the_rules

pytestmark = pytest.mark.real
AWAKE = """
async () => {
  const { active } = await navigator.serviceWorker.ready;
  if (active.state === "activated") return;
  await new Promise((done) => active.addEventListener("statechange", () => active.state === "activated" && done()));
}
"""
SHOWN = "() => self.registration.getNotifications().then((all) => all.map(({ title, data }) => ({ title, data })))"


def registered(page: Page, address: str) -> tuple[Any, str]:
    """A line to the browser's tools, and the id of the worker's registration."""
    tools = page.context.new_cdp_session(page)
    found: list[str] = []

    def note(said: dict[str, Any]) -> None:
        ours = [
            each
            for each in said["registrations"]
            if each["scopeURL"] == f"{address}/me/notices/" and not each["isDeleted"]
        ]
        found.extend(each["registrationId"] for each in ours)

    tools.on("ServiceWorker.workerRegistrationUpdated", note)
    tools.send("ServiceWorker.enable")
    for _ in range(100):
        if found:
            break
        page.wait_for_timeout(100)
    return tools, found[-1]


@pytest.mark.promise("DATE-NOTIFY")
def test_a_push_shows_what_it_says_with_its_page_closed(page: Page, demo: LiveInstallation) -> None:
    page.context.grant_permissions(["notifications"])
    enter(page, "dater")
    page.goto("/me/notices/choices/")
    expect(page.get_by_role("button", name="Wake this browser")).to_be_visible()
    assert_keeps_the_rules(page)
    page.evaluate(AWAKE)
    worker = next(each for each in page.context.service_workers if each.url.endswith("/me/notices/worker.js"))
    context = page.context
    page.close()
    elsewhere = context.new_page()
    tools, registration = registered(elsewhere, demo.address)
    said = json.dumps({"title": "It is a match", "url": f"{demo.address}/dating/matches/"})
    given = {"origin": demo.address, "registrationId": registration, "data": said}
    shown: list[dict[str, Any]] = []
    for turn in range(100):
        # A worker that is just starting may miss one; a second of the same tag takes the place of the first.
        if turn % 20 == 0:
            tools.send("ServiceWorker.deliverPushMessage", given)
        elsewhere.wait_for_timeout(100)
        shown = worker.evaluate(SHOWN)
        if shown:
            break
    assert shown == [{"title": "It is a match", "data": json.loads(said)}]
