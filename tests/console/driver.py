"""One agent at the console."""

import json
from typing import Any

from playwright.sync_api import APIResponse, BrowserContext, Locator, Page, expect

INBOX = "/chat/inbox/"
# Counts what the page sounds, and gives tests the sockets it opened.
LISTEN = """
window.sounded = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...args) { window.sounded += 1; return start.apply(this, args); };
"""
TIDY = """
async () => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": /csrftoken=([^;]+)/.exec(document.cookie)[1] };
  const post = (path, body) => fetch("/chat/api/" + path, { method: "POST", headers, body: JSON.stringify(body) });
  const { me, conversations } = await (await fetch("/chat/api/snapshot")).json();
  for (const one of conversations) {
    const mine = one.state === "active" && one.agent === me.id;
    if (mine || one.state === "waiting") await post(`conversations/${one.id}/close`, {});
  }
  await post("presence", { state: "offline" });
}
"""


class Console:
    """A signed-in agent's browser."""

    def __init__(self, context: BrowserContext, who: str) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.page.goto("/")
        self.page.locator(f"form[action$='/demo/{who}/'] button").click()
        self.page.wait_for_load_state()
        self.open()

    def open(self, place: str = "") -> None:
        """The console, at an address of its own."""
        self.page.goto(f"{INBOX}{place}")
        expect(self.page.locator(".inbox")).to_be_visible()

    def again(self) -> None:
        """Closes the page and opens a new one in the same browser."""
        self.page.close()
        self.page = self.context.new_page()
        self.open()

    def be(self, state: str) -> None:
        """Online, Away or Offline at the desk."""
        self.page.locator(".myself").click()
        self.page.get_by_role("radio", name=state).check()
        self.page.keyboard.press("Escape")
        expect(self.page.locator(".myself .strong")).to_have_text(state)

    @property
    def ring(self) -> Locator:
        return self.page.locator(".ring")

    def accept(self) -> None:
        """Takes what rings, by its key."""
        expect(self.ring.first).to_be_visible()
        self.page.keyboard.press("a")
        expect(self.writing("Reply")).to_be_visible()

    def writing(self, how: str = "Reply") -> Locator:
        """The field, as its label begins."""
        return self.page.locator(f".composer textarea[aria-label^='{how}']")

    def write(self, text: str, how: str = "Reply") -> None:
        """Says it: to the visitor, as a whisper, or as a note."""
        self.page.get_by_role("radio", name=how).check()
        self.writing(how).fill(text)
        self.writing(how).press("Enter")

    def bubbles(self, kind: str = "text") -> Locator:
        return self.page.locator(f".message.{kind} .bubble .words")

    def standing(self, text: str) -> Locator:
        """What became of one's own words: Sending, Sent, Read."""
        return self.page.locator(".message", has_text=text).last.locator(".standing")

    def asks(self, path: str, body: dict[str, Any]) -> APIResponse:
        """Posts to the console's addresses beside the page, as another page of this agent would."""
        token = next(each["value"] for each in self.context.cookies() if each["name"] == "csrftoken")
        headers = {"Content-Type": "application/json", "X-CSRFToken": token}
        return self.context.request.post(f"/chat/api/{path}", data=json.dumps(body), headers=headers)

    def tidy(self) -> None:
        """Nothing of this test rings in the next one."""
        self.page.evaluate(TIDY)
