"""A push wakes the service worker with the page closed. Chromium's own door for it is used; no vendor's service is."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Worker, expect

from tests.console.driver import INBOX, Console
from tests.console.visitor import Visitor

pytestmark = pytest.mark.real
AWAKE = """
async () => {
  const { active } = await navigator.serviceWorker.ready;
  if (active.state === "activated") return;
  await new Promise((done) => active.addEventListener("statechange", () => active.state === "activated" && done()));
}
"""
ASKED = """
() => { window.asked = 0; Notification.requestPermission = async () => { window.asked += 1; return "denied"; }; }
"""
SHOWN = """
() => self.registration.getNotifications().then((all) => all.map(({ title, tag, data }) => ({ title, tag, data })))
"""
# A script cannot give a worker the right that a person's touch gives, to open a window: the address is looked at.
TOUCH = """
async (action) => {
  const [notification] = await self.registration.getNotifications();
  const opened = [];
  self.clients.openWindow = async (address) => void opened.push(address);
  const event = new NotificationEvent("notificationclick", { notification, action });
  const done = [];
  event.waitUntil = (promise) => void done.push(promise);
  self.dispatchEvent(event);
  await Promise.all(done);
  return opened;
}
"""


class Asleep:
    """Ben's browser with no console open, as the push service sees it."""

    def __init__(self, console: Console, address: str) -> None:
        self.console, self.address = console, address
        self.worker = _worker(console)
        console.page.close()
        console.page = console.context.new_page()
        self.tools: CDPSession = console.context.new_cdp_session(console.page)
        self.registration = ""
        self.tools.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.tools.send("ServiceWorker.enable")

    def _note(self, said: dict[str, Any]) -> None:
        found = [
            each for each in said["registrations"] if each["scopeURL"].endswith("/chat/") and not each["isDeleted"]
        ]
        self.registration = found[0]["registrationId"] if found else self.registration

    def push(self, payload: str) -> None:
        """Delivers what the push service would, decrypted."""
        for _ in range(50):
            if self.registration:
                break
            self.console.page.wait_for_timeout(100)
        given = {"origin": self.address, "registrationId": self.registration, "data": payload}
        self.tools.send("ServiceWorker.deliverPushMessage", given)

    def shown(self, count: int = 1) -> list[dict[str, Any]]:
        """The notifications, once there are as many."""
        found: list[dict[str, Any]] = []
        for _ in range(300):
            found = self.worker.evaluate(SHOWN)
            if len(found) >= count:
                break
            self.console.page.wait_for_timeout(100)
        return found


def _worker(console: Console) -> Worker:
    console.page.evaluate(AWAKE)
    return next(each for each in console.context.service_workers if each.url.endswith("/chat/sw.js"))


@pytest.fixture
def asleep(agent: Callable[..., Console], demo: Any) -> Asleep:
    ben = agent("agent-phone", permissions=["notifications"])
    return Asleep(ben, demo.address)


def test_a_ring_wakes_the_closed_page_and_accept_opens_the_conversation_taken(asleep: Asleep, visitor: Visitor) -> None:
    visitor.begin("Is anybody there?")
    asleep.push(json.dumps({"t": "ring", "conv": visitor.stream}))
    (shown,) = asleep.shown()
    assert shown["tag"] == f"c-{visitor.stream}"
    assert "Priya" not in str(shown)
    (address,) = asleep.worker.evaluate(TOUCH, "accept")
    assert address == f"{INBOX}#/c/{visitor.stream}/accept"
    asleep.console.page.goto(address)
    expect(asleep.console.writing()).to_be_visible()
    expect(asleep.console.page.locator(".section-head.mine")).to_be_visible()


def test_a_touch_beside_the_buttons_only_looks(asleep: Asleep, visitor: Visitor) -> None:
    visitor.begin("Hello?")
    asleep.push(json.dumps({"t": "ring", "conv": visitor.stream}))
    asleep.shown()
    assert asleep.worker.evaluate(TOUCH, "") == [f"{INBOX}#/c/{visitor.stream}"]
    assert asleep.shown(0) == []


@pytest.mark.parametrize("payload", ["", "not json", '{"t":"later"}', "[]", "null"])
def test_what_it_does_not_understand_still_tells_that_something_is_there(asleep: Asleep, payload: str) -> None:
    asleep.push(payload)
    (shown,) = asleep.shown()
    assert shown["title"] == "Something is waiting in your conversations"


def test_nothing_is_asked_of_the_person_before_they_press_the_button(agent: Callable[..., Console]) -> None:
    ada = agent(online=False)
    ada.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    assert ada.page.evaluate("Notification.permission") in {"default", "denied"}
    ada.page.evaluate(ASKED)
    ada.page.locator(".myself").click()
    assert ada.page.evaluate("window.asked") == 0


def test_it_can_be_installed(agent: Callable[..., Console]) -> None:
    ada = agent(online=False)
    link = ada.page.locator("link[rel=manifest]").get_attribute("href") or ""
    said = ada.context.request.get(link).json()
    assert said["start_url"] == INBOX
    assert {each["purpose"] for each in said["icons"]} == {"any", "maskable"}
    for each in said["icons"]:
        assert ada.context.request.get(each["src"]).headers["content-type"] == "image/png"


def test_without_network_the_address_opens_a_page_that_says_so(agent: Callable[..., Console]) -> None:
    ada = agent(online=False)
    ada.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    ada.page.reload()
    ada.context.set_offline(True)
    ada.page.goto(INBOX)
    expect(ada.page.get_by_role("heading", name="No network")).to_be_visible()
    ada.context.set_offline(False)
    ada.page.get_by_role("link", name="Try again").click()
    expect(ada.page.locator(".inbox")).to_be_visible()
