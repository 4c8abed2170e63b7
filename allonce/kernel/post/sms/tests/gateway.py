"""A gateway's HTTP interface on loopback: takes one key once, and signs what it tells us."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from django.test import Client

from allonce.kernel.post.outward.tests.server import Call, Server, running_server

SECRET = "whsec_" + base64.b64encode(b"a secret of the gateway and us..").decode()
KEY = "gateway-key"


@dataclass
class Gateway:
    """`taken` are the messages that it would send on and bill."""

    server: Server
    taken: list[dict[str, Any]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def take(self, call: Call) -> None:
        form = "form" in call.headers["content-type"]
        message = dict(parse_qsl(call.body.decode())) if form else json.loads(call.body)
        if call.headers["authorization"] != f"Bearer {KEY}":
            self.server.status = 401
            return
        key = call.headers["idempotency-key"]
        if key not in self.keys and self.server.status < 300:
            self.keys.add(key)
            self.taken.append(message)
        self.server.answer = json.dumps({"id": f"gw-{len(self.taken)}"}).encode()


@contextmanager
def running_gateway() -> Iterator[Gateway]:
    with running_server() as server:
        made = Gateway(server)
        server.on_call = made.take
        yield made


def tell(client: Client, told: Any, *, message_id: str = "call-1", secret: str = SECRET, at: int | None = None) -> int:
    """Call our webhook as the gateway does; the answer's status. The signature is made from the standard's text."""
    body = json.dumps(told)
    stamp = str(int(time.time()) if at is None else at)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = hmac.new(key, f"{message_id}.{stamp}.{body}".encode(), hashlib.sha256).digest()
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }
    answer = client.post("/webhooks/sms/acme/", body, content_type="application/json", headers=headers)
    return answer.status_code
