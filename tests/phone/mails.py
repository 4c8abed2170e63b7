"""Reads the demo's mailbox as a person would, through its pages."""

import email
import email.policy
import re
import time
import urllib.request
from email.message import EmailMessage

WAIT_SECONDS = 20
STILL_SECONDS = 1


class Mailbox:
    """What the relay took."""

    def __init__(self, address: str) -> None:
        self._address = address

    def clear(self) -> None:
        self._post("/clear")

    def switch_relay(self, *, on: bool) -> None:
        self._post("/relay", b"down=0" if on else b"down=1")

    def letters(self) -> list[EmailMessage]:
        ids = dict.fromkeys(re.findall(r"/letters/(\w+)", self._get("/").decode()))
        return [self._letter(found) for found in ids]

    def to(self, recipient: str) -> list[EmailMessage]:
        return [letter for letter in self.letters() if recipient in str(letter["To"])]

    def wait_for(self, count: int) -> list[EmailMessage]:
        """The letters, once there are so many; a moment later it is still that many."""
        deadline = time.monotonic() + WAIT_SECONDS
        while len(self.letters()) < count and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(STILL_SECONDS)
        return self.letters()

    def _letter(self, identity: str) -> EmailMessage:
        raw = self._get(f"/letters/{identity}/raw")
        return email.message_from_bytes(raw, policy=email.policy.default)

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(self._address + path, timeout=10) as answer:
            body: bytes = answer.read()
        return body

    def _post(self, path: str, form: bytes = b"") -> None:
        request = urllib.request.Request(self._address + path, data=form, headers={"Origin": self._address})
        urllib.request.urlopen(request, timeout=10).close()


def attachments(letter: EmailMessage) -> dict[str, bytes]:
    """Attached files by name."""
    return {part.get_filename() or "": part.get_payload(decode=True) for part in letter.iter_attachments()}  # type: ignore[misc]
