"""A visitor of Fenwick Cars, as the widget speaks to the server."""

import json
import urllib.request
from dataclasses import dataclass, field
from random import randrange
from typing import Any
from uuid import uuid4

from allonce.products.chat.demo import FENWICK

CAR = {
    "id": "7",
    "title": "2022 Morrow Estate, blue",
    "price": "£14,950",
    "url": "https://fenwickcars.example/cars/7",
}
PAGE = {"url": CAR["url"]}


@dataclass
class Visitor:
    """One browser on a car's page."""

    address: str
    token: str = ""
    stream: str = ""
    network: str = field(default_factory=lambda: f"198.51.{randrange(1, 250)}.{randrange(1, 250)}")
    said: list[str] = field(default_factory=list)

    def begin(self, text: str, name: str = "Priya Shah") -> "Visitor":
        """Ask something for the first time."""
        given = {"m": "", "cid": str(uuid4()), "text": text, "page": PAGE, "listing": CAR, "name": name}
        answer = self._post(f"/w/{FENWICK}/start", given)
        self.token, self.stream = answer["token"], answer["s"]
        return self

    def say(self, text: str) -> None:
        """Go on."""
        self._send("text", {"text": text})

    def type(self, on: bool = True) -> None:
        """Press a key in the widget."""
        self._post("/rt/v1/typing", {"s": self.stream, "on": on})

    def read_up_to(self, seq: int) -> None:
        """Have it on the screen."""
        self._post("/rt/v1/read", {"s": self.stream, "up_to": seq})

    def entries(self) -> list[dict[str, Any]]:
        """Everything that the visitor's seat is given."""
        answer = self._call(f"/rt/v1/poll?s={self.stream}&after=0&wait=0")
        found: list[dict[str, Any]] = answer["entries"]
        return found

    def texts(self, sender: str = "agent") -> list[str]:
        """What was said by agents (or "visitor"), in order."""
        spoken = [each for each in self.entries() if each.get("kind") == "text"]
        return [each["body"]["text"] for each in spoken if each["from"].startswith(sender)]

    def _send(self, kind: str, body: dict[str, Any]) -> None:
        self._post("/rt/v1/send", {"s": self.stream, "cid": str(uuid4()), "kind": kind, "body": body})

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call(path, json.dumps(body).encode())

    def _call(self, path: str, body: bytes | None = None) -> dict[str, Any]:
        # Each visitor comes from a network of their own: one address may begin only so many conversations.
        headers = {"Content-Type": "application/json", "X-Forwarded-For": self.network}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.address + path, body, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.loads(answer.read() or b"{}")
        return found
