"""Tells the installation what became of a letter, in Mailgun's webhook format and with its signature."""

import asyncio
import hashlib
import hmac
import json
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from allonce.kernel.clock import now
from allonce.kernel.post.mailbox.letters import Letter, LetterState

PATIENCE_SECONDS = 10
TRIES = 3

# Mailgun's name of each event, and what else it says (Mailgun's webhook reference).
EVENTS: dict[LetterState, dict[str, Any]] = {
    "accepted": {"event": "accepted"},
    "delivered": {"event": "delivered", "delivery-status": {"code": 250, "message": "OK"}},
    "bounced": {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "delivery-status": {"code": 550, "message": "5.1.1 No such mailbox"},
    },
    "complained": {"event": "complained"},
}


@dataclass(frozen=True)
class Reporter:
    """Posts events to `address` (the installation's webhook), signed with `signing_key`."""

    address: str
    signing_key: str

    async def report(self, letter: Letter, state: LetterState) -> bool:
        """True once the installation took the event. A refusal or silence is tried three times."""
        body = json.dumps(self.event(letter, state)).encode()
        for pause in range(TRIES):
            await asyncio.sleep(pause)
            if await asyncio.to_thread(self._post, body):
                return True
        return False

    def event(self, letter: Letter, state: LetterState) -> dict[str, Any]:
        """The webhook's whole body."""
        stamp, token = str(int(now().timestamp())), secrets.token_hex(25)
        signed = hmac.new(self.signing_key.encode(), f"{stamp}{token}".encode(), hashlib.sha256)
        return {
            "signature": {"timestamp": stamp, "token": token, "signature": signed.hexdigest()},
            "event-data": event_data(letter, state),
        }

    def _post(self, body: bytes) -> bool:
        request = urllib.request.Request(  # noqa: S310 - the address is the installation's own, from settings
            self.address, data=body, headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
                return int(answer.status) == 200
        except (urllib.error.URLError, OSError):
            return False


def event_data(letter: Letter, state: LetterState) -> dict[str, Any]:
    """What Mailgun would say of the letter, by webhook and in its events list."""
    return {
        "id": secrets.token_urlsafe(16),
        "timestamp": now().timestamp(),
        "recipient": letter.recipient,
        "message": {"headers": {"message-id": letter.message_id.strip("<>"), "to": letter.recipient}},
        **EVENTS[state],
    }
