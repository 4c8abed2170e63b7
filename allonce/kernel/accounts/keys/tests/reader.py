"""A second implementation of docs/job-file.md, written from that document with other tools."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from allonce.kernel.accounts.keys.points import fields, from_base64url

MAGIC = bytes.fromhex("8a4a4f420d0a1a0a")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Context:
    account: str
    generation: int
    holder_kind: str
    holder_id: str

    def encoded(self) -> bytes:
        generation = self.generation.to_bytes(4, "big")
        holder = (self.holder_kind.encode(), self.holder_id.encode())
        return fields(b"allonce wrap v1", UUID(self.account).bytes, generation, *holder)


def private_key(pkcs8: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_der_private_key(pkcs8, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    kind = serialization.PublicFormat.UncompressedPoint
    return key.public_key().public_bytes(serialization.Encoding.X962, kind)


def agree(key: ec.EllipticCurvePrivateKey, theirs: bytes) -> bytes:
    return key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def open_wrap(wrap: str, context: Context, key: ec.EllipticCurvePrivateKey) -> bytes:
    data = from_base64url(wrap)
    assert data[0] == 1
    ephemeral, attestation, sealed = data[1:66], data[66:98], data[98:]
    info = context.encoded() + fields(ephemeral, point(key))
    bits = hkdf(agree(key, ephemeral), b"", info, 44)
    pkcs8 = AESGCM(bits[:32]).decrypt(bits[32:], sealed, info)
    attested = fields(b"allonce holder v1", context.encoded(), point(key))
    assert hkdf(pkcs8, b"", attested, 32) == attestation
    return pkcs8


def open_lock(lock: str, account: str, holder_kind: str, holder_id: str, secret: bytes) -> bytes:
    data = from_base64url(lock)
    assert data[0] == 2
    info = fields(b"allonce lock v1", UUID(account).bytes, holder_kind.encode(), holder_id.encode())
    bits = hkdf(secret, data[1:17], info, 44)
    return AESGCM(bits[:32]).decrypt(bits[32:], data[17:], info)


def recovery_secret(code: str) -> bytes:
    return bytes(CROCKFORD.index(character) for group in code.split("-") for character in group[:4])


def succession(old_pkcs8: bytes, account: str, generation: int, next_point: bytes) -> bytes:
    parts = (UUID(account).bytes, generation.to_bytes(4, "big"), next_point)
    return hkdf(old_pkcs8, b"", fields(b"allonce succession v1", *parts), 32)


def open_job_file(data: bytes, key: ec.EllipticCurvePrivateKey) -> tuple[dict[str, Any], list[bytes]]:
    header, body = data[:94], data[94:]
    assert header[:8] == MAGIC and header[8] == 1
    info = fields(b"allonce job file v1", header, point(key))
    bits = hkdf(agree(key, header[29:94]), b"", info, 39)
    plain = b"".join(_segments(body, AESGCM(bits[:32]), bits[32:], header))
    size = int.from_bytes(plain[:4], "big")
    manifest = json.loads(plain[4 : 4 + size])
    return manifest, list(_attachments(plain[4 + size :], manifest))


def _segments(body: bytes, cipher: AESGCM, prefix: bytes, header: bytes) -> list[bytes]:
    plain, number, final = [], 0, False
    while not final:
        final, length = body[0] == 1, int.from_bytes(body[1:5], "big")
        nonce = prefix + number.to_bytes(4, "big") + bytes([final])
        plain.append(cipher.decrypt(nonce, body[5 : 5 + length], header))
        body, number = body[5 + length :], number + 1
    assert not body
    return plain


def _attachments(data: bytes, manifest: dict[str, Any]) -> list[bytes]:
    found = []
    for file in manifest["files"]:
        found.append(data[: file["bytes"]])
        data = data[file["bytes"] :]
    assert not data
    return found
