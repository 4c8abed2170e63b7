"""Reports as relays send them, signed as they sign them."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.test import Client

MAILGUN_KEY = "demo-signing-key"
MAILGUN_EVENTS: dict[str, dict[str, Any]] = {
    "delivered": {"event": "delivered"},
    "bounced": {"event": "failed", "severity": "permanent", "reason": "bounce"},
    "deferred": {"event": "failed", "severity": "temporary"},
    "complained": {"event": "complained"},
    "opened": {"event": "opened"},
}


def mailgun(
    message_id: str, state: str, *, at: datetime | None = None, token: str = "t1", key: str = MAILGUN_KEY
) -> str:
    """The body of one Mailgun report, with the recipient and the words that a real one holds."""
    stamp = str(int(time.time()))
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    data = {
        "id": "e1",
        "timestamp": (at.timestamp() if at else time.time()),
        "recipient": "mary.canary@example.com",
        "delivery-status": {"message": "mary.canary is not here"},
        "message": {"headers": {"message-id": message_id.strip("<>"), "subject": "canary subject"}},
        **MAILGUN_EVENTS[state],
    }
    return json.dumps({"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": data})


def report(client: Client, body: str, relay: str = "mailgun", **headers: Any) -> int:
    """Post a report; the answer's status."""
    answer = client.post(f"/webhooks/relay/{relay}/", body, content_type="application/json", headers=headers)
    return answer.status_code


@dataclass(frozen=True)
class Postal:
    """A Postal server with a key of its own."""

    private: rsa.RSAPrivateKey

    @classmethod
    def fresh(cls) -> "Postal":
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=2048))

    @property
    def public_key(self) -> str:
        """As Postal shows it and ANYMAIL wants it: the base64 lines alone."""
        pem = self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return "".join(pem.decode().splitlines()[1:-1])

    def bounce(self, number: int, message_id: str) -> str:
        original = {"id": number, "message_id": message_id.strip("<>"), "to": "mary.canary@example.com"}
        return json.dumps(
            {"uuid": f"u{number}", "timestamp": 1790000000, "payload": {"original_message": original, "bounce": {}}}
        )

    def sign(self, body: str) -> str:
        # SHA-1 is Postal's choice of signature, not ours.
        signed = self.private.sign(body.encode(), padding.PKCS1v15(), hashes.SHA1())
        return base64.b64encode(signed).decode()
