"""A browser and its push service on loopback: decrypts as RFC 8291 says and checks who sends as RFC 8292 says.

Written from the standards with primitives alone, so that it shares nothing with the libraries that are tested.
"""

import json
import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from allonce.kernel.post.outward.tests.server import Call, Server, running_server

DAY = 24 * 3600


@dataclass
class Browser:
    """One browser's subscription at the service."""

    server: Server
    name: str = "one"
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def info(self) -> dict[str, Any]:
        """What `PushSubscription.toJSON()` gives."""
        keys = {"p256dh": written(self.public), "auth": written(self.auth)}
        return {"endpoint": self.server.url(f"/push/{self.name}"), "expirationTime": None, "keys": keys}

    def plain(self, body: bytes) -> bytes:
        """The payload, with the blanks that pad it (RFC 8188, section 2; RFC 8291, section 3.4)."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.private.exchange(ec.ECDH(), point)
        secret = derived(self.auth, shared, b"WebPush: info\0" + self.public + theirs, 32)
        key = derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(salt, secret, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None)
        text, mark = padded.rstrip(b"\0")[:-1], padded.rstrip(b"\0")[-1]
        assert mark == 2, "the only record is the last"
        return text


def derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sender_of(call: Call) -> tuple[str, dict[str, Any]]:
    """The public key and claims of who sent it; fails where the token is not signed by that key (RFC 8292)."""
    scheme, _, rest = call.headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    header, claims, signature = parts["t"].split(".")
    assert scheme.lower() == "vapid"
    assert json.loads(read(header)) == {"typ": "JWT", "alg": "ES256"}
    raw = read(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), read(parts["k"]))
    key.verify(encode_dss_signature(r, s), f"{header}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    found: dict[str, Any] = json.loads(read(claims))
    assert time.time() < found["exp"] <= time.time() + DAY
    return parts["k"], found


@contextmanager
def running_service() -> Iterator[Server]:
    with running_server() as server:
        server.status = 201
        yield server
