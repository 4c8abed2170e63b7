"""Ada of Fenwick Cars at her desk, by the addresses that the console uses."""

import json
import time
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser


class Agent:
    """Signed in through the demo's door; every action is a request of her browser."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.context = browser.new_context(base_url=address)
        page = self.context.new_page()
        page.goto("/")
        page.locator("form[action$='/demo/agent/'] button").click()
        page.wait_for_load_state()
        page.close()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """One action; it must succeed."""
        token = next(each.get("value", "") for each in self.context.cookies() if each.get("name") == "csrftoken")
        headers = {"Content-Type": "application/json", "X-CSRFToken": token, "Origin": self.address}
        answer = self.context.request.post(path, data=json.dumps(body), headers={**headers, "Referer": self.address})
        assert answer.ok, (path, answer.status, answer.text())
        return answer.json()

    def come(self) -> None:
        """Be there for two hours, with no page open."""
        self.post("/chat/api/presence", {"state": "online", "minutes": 120})

    def go(self) -> None:
        self.post("/chat/api/presence", {"state": "offline"})

    def waiting(self, said: str) -> Any:
        """The conversation that waits and whose last words these are; it may take a moment to come."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            found = self.context.request.get("/chat/api/snapshot").json()["conversations"]
            for each in found:
                if each["state"] == "waiting" and each["last"]["preview"] == said:
                    return each
            time.sleep(0.1)
        raise AssertionError(f"nobody waits who said {said!r}")

    def accept(self, said: str) -> str:
        """Takes the conversation with these words; returns its stream."""
        conversation = self.waiting(said)
        self.post(f"/chat/api/conversations/{conversation['id']}/accept", {})
        return str(conversation["s"])

    def say(self, stream: str, text: str) -> None:
        body = {"s": stream, "cid": str(uuid4()), "kind": "text", "body": {"text": text}}
        self.post("/rt/v1/send", body)

    def read(self, stream: str) -> None:
        """Has read everything so far."""
        self.post("/rt/v1/read", {"s": stream, "up_to": self.head(stream)})

    def head(self, stream: str) -> int:
        return int(self._poll(stream)["head"])

    def texts(self, stream: str) -> list[str]:
        """What stands in the conversation, in its order."""
        entries = self._poll(stream)["entries"]
        return [each["body"]["text"] for each in entries if each["t"] == "msg" and each["kind"] == "text"]

    def _poll(self, stream: str) -> Any:
        headers = {"Origin": self.address}
        answer = self.context.request.get(f"/rt/v1/poll?s={stream}&after=0&wait=0", headers=headers)
        assert answer.ok, answer.text()
        return answer.json()
