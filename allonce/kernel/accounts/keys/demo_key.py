"""A key for the demo's shop, so that its phones can seal job files at once.

Only in the demo is a key made on the server, for a printed code that everybody may know. Its private half is
forgotten as soon as it is sealed, and no other installation ever calls this.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from allonce.kernel.accounts.keys.points import base64url, fields, point_of
from allonce.kernel.accounts.keys.services.offers import PRINTED, FirstKey, NewHolder, NewWrap

DEMO_RECOVERY_CODE = "QBQ22-4WM46-X0BGT-F95MT-N76VV-SRXG6-9V1W4"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class _Pair:
    private: ec.EllipticCurvePrivateKey

    @property
    def jwk(self) -> dict[str, str]:
        numbers = self.private.public_key().public_numbers()
        x, y = (base64url(value.to_bytes(32, "big")) for value in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    @property
    def point(self) -> bytes:
        return point_of(self.jwk)

    @property
    def pkcs8(self) -> bytes:
        return self.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def demo_key(account_id: UUID) -> FirstKey:
    """Generation 1, held by the demo's printed code alone. The format is that of docs/job-file.md."""
    account, paper = _new_pair(), _new_pair()
    holder = NewHolder("recovery", PRINTED, paper.jwk, _lock(account_id, paper))
    wrap = NewWrap("recovery", PRINTED, _wrap(account_id, account, paper))
    return FirstKey(account.jwk, [holder], [wrap])


def _new_pair() -> _Pair:
    return _Pair(ec.generate_private_key(ec.SECP256R1()))


def _lock(account_id: UUID, paper: _Pair) -> str:
    salt = secrets.token_bytes(16)
    info = fields(b"allonce lock v1", account_id.bytes, b"recovery", PRINTED.encode())
    groups = DEMO_RECOVERY_CODE.split("-")
    secret = bytes(CROCKFORD.index(character) for group in groups for character in group[:4])
    return base64url(b"\x02" + salt + _seal(secret, salt, info, paper.pkcs8))


def _wrap(account_id: UUID, account: _Pair, paper: _Pair) -> str:
    ephemeral = _new_pair()
    generation = (1).to_bytes(4, "big")
    context = fields(b"allonce wrap v1", account_id.bytes, generation, b"recovery", PRINTED.encode())
    info = context + fields(ephemeral.point, paper.point)
    shared = ephemeral.private.exchange(ec.ECDH(), paper.private.public_key())
    attested = fields(b"allonce holder v1", context, paper.point)
    attestation = HKDF(SHA256(), 32, b"", attested).derive(account.pkcs8)
    sealed = _seal(shared, b"", info, account.pkcs8)
    return base64url(b"\x01" + ephemeral.point + attestation + sealed)


def _seal(secret: bytes, salt: bytes, info: bytes, plain: bytes) -> bytes:
    bits = HKDF(SHA256(), 44, salt, info).derive(secret)
    return AESGCM(bits[:32]).encrypt(bits[32:], plain, info)
