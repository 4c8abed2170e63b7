"""Who we are to push services (RFC 8292): one key pair for the installation, made from its kept secret."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from allonce.kernel.clock import now
from allonce.kernel.post.outward import Url

# The order of P-256 (FIPS 186-5); a private key is a number from 1 to one less.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
GOOD_FOR = timedelta(hours=12)
# 32 bytes in base64url without padding: a private key as other servers' tools write it.
RAW_LENGTH = 43


def application_server_key() -> str:
    """The public key for `pushManager.subscribe`, in base64url without padding."""
    point = _private_key(settings.VAPID_SECRET).public_key()
    return _base64url(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def authorization(url: Url) -> str:
    """The Authorization header for one push service: a token good for twelve hours at its origin alone."""
    from py_vapid import Vapid02

    vapid = Vapid02(_private_key(settings.VAPID_SECRET))
    claims = {
        "aud": url.origin,
        "exp": int((now() + GOOD_FOR).timestamp()),
        "sub": f"mailto:{settings.OPERATOR_EMAIL}",
    }
    return str(vapid.sign(claims)["Authorization"])


@cache
def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(_number(secret), ec.SECP256R1())


def _number(secret: str) -> int:
    """A key that was given as such, or one that the secret always gives: 512 bits leave no bias worth the name."""
    if len(secret) == RAW_LENGTH:
        return int.from_bytes(urlsafe_b64decode(f"{secret}="), "big")
    digest = hashlib.sha512(b"allonce.vapid\0" + secret.encode()).digest()
    return int.from_bytes(digest, "big") % (ORDER - 1) + 1


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
