"""Signatures as Standard Webhooks 1.0 writes them: HMAC-SHA256 over id, time and body, any of several may match."""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError

PREFIX = "whsec_"
# The standard's bounds for a secret, in bytes.
SHORTEST, LONGEST = 24, 64


class SecretRefused(UserError):
    """The secret is none that signatures can be made with."""

    code = "webhook_secret"
    status = 422
    message = gettext_lazy("Give a secret that starts with whsec_ and holds 24 to 64 bytes in base64.")


def fresh_secret() -> str:
    """A new secret, `whsec_` and 32 random bytes in base64."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes:
    """The bytes that sign. Raises SecretRefused."""
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except (NotBase64, ValueError):
        raise SecretRefused from None
    if not secret.startswith(PREFIX) or not SHORTEST <= len(key) <= LONGEST:
        raise SecretRefused
    return key


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature, `v1,` and base64. `timestamp` is in whole seconds since 1970."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest()).decode()


def headers(secrets_in_force: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers; each secret in force adds its signature."""
    signatures = [signature(each, message_id, timestamp, body) for each in secrets_in_force]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def is_signed(secret: str, headers: dict[str, str], body: bytes, *, at: int, tolerance: int) -> bool:
    """Whether a message that came to us carries one right signature, made within `tolerance` seconds of `at`."""
    stamp = headers.get("webhook-timestamp", "")
    if not (stamp.isascii() and stamp.isdigit()) or len(stamp) > 12 or abs(int(stamp) - at) > tolerance:
        return False
    right = signature(secret, headers.get("webhook-id", ""), int(stamp), body)
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(right.encode(), each.encode()) for each in given)
