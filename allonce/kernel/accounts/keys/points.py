"""P-256 public keys as they travel in JSON, and their fingerprints."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError

FINGERPRINT_GROUPS = 6
BYTES_PER_GROUP = 5


class NotAPublicKey(UserError):
    """What was sent as a public key is none on P-256."""

    code = "bad_key"
    status = 422
    message = gettext_lazy("That is not a public key this service can use.")


def point_of(jwk: Mapping[str, Any]) -> bytes:
    """The uncompressed 65-byte point of a P-256 JWK; raises NotAPublicKey, also for a point off the curve."""
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise NotAPublicKey
    point = b"\x04" + _coordinate(jwk.get("x")) + _coordinate(jwk.get("y"))
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError as error:
        raise NotAPublicKey from error
    return point


def public_jwk(jwk: Mapping[str, Any]) -> dict[str, str]:
    """Only the public members of a JWK, spelt in one way; raises NotAPublicKey."""
    point = point_of(jwk)
    return {"kty": "EC", "crv": "P-256", "x": base64url(point[1:33]), "y": base64url(point[33:])}


def fingerprint(jwk: Mapping[str, Any]) -> str:
    """Six groups of five digits, about 99 bits; `fingerprint` in clients/sealing gives the same."""
    digest = hashlib.sha256(fields(b"allonce fingerprint v1", point_of(jwk))).digest()
    starts = range(0, FINGERPRINT_GROUPS * BYTES_PER_GROUP, BYTES_PER_GROUP)
    groups = [int.from_bytes(digest[at : at + BYTES_PER_GROUP], "big") % 100_000 for at in starts]
    return " ".join(f"{group:05d}" for group in groups)


def fields(*parts: bytes) -> bytes:
    """Parts joined so that no two lists give the same bytes: each is led by its length."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def base64url(data: bytes) -> str:
    """URL-safe base64 without padding, as JWK writes it."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Bytes of base64url without padding; raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _coordinate(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > 64:
        raise NotAPublicKey
    try:
        value = from_base64url(text)
    except (NotBase64, ValueError) as error:
        raise NotAPublicKey from error
    if len(value) != 32:
        raise NotAPublicKey
    return value
