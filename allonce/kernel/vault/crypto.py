"""AES-256-GCM tokens and the wrapping of keys. The only module that touches key material's bytes."""

import hmac
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from allonce.kernel.vault.errors import Tampered

VERSION = 1
NONCE = 12
HEAD = 1 + 16 + NONCE
KEY = 32


@dataclass(frozen=True, repr=False)
class KeyMaterial:
    """A data key in use: one half encrypts and is renewed by rotation, the other hashes and never changes."""

    id: UUID
    cipher: AESGCM
    hash_key: bytes

    @cached_property
    def head(self) -> bytes:
        """How every token of this key begins."""
        return bytes([VERSION]) + self.id.bytes


def fresh_material() -> bytes:
    """The bytes of a new data key: 32 to encrypt, 32 to hash."""
    return os.urandom(2 * KEY)


def load_material(key_id: UUID, raw: bytes) -> KeyMaterial:
    """A data key from its unwrapped bytes."""
    return KeyMaterial(key_id, AESGCM(raw[:KEY]), raw[KEY:])


def root_cipher(secret: str) -> AESGCM:
    """The root key, derived from the installation's secret (RFC 5869)."""
    return AESGCM(HKDF(SHA256(), KEY, salt=None, info=b"allonce vault root 1").derive(secret.encode()))


def wrap(cipher: AESGCM, raw: bytes, bound_to: bytes) -> bytes:
    """`raw` encrypted, with a fresh nonce before it."""
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, raw, bound_to)


def unwrap(cipher: AESGCM, wrapped: bytes, bound_to: bytes) -> bytes:
    """The bytes that wrap() was given. Raises Tampered for another key, place or content."""
    try:
        return cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise Tampered("a wrapped key does not open") from error


def seal(key: KeyMaterial, plain: bytes, bound_to: bytes) -> bytes:
    """A token: version, key id, nonce, ciphertext; it opens only with the same `bound_to`."""
    nonce = os.urandom(NONCE)
    return key.head + nonce + key.cipher.encrypt(nonce, plain, key.head + bound_to)


def unseal(key: KeyMaterial, token: bytes, bound_to: bytes) -> bytes:
    """The plain bytes of a token. Raises Tampered if it was changed or moved."""
    head = token[:17]
    try:
        return key.cipher.decrypt(token[17:HEAD], token[HEAD:], head + bound_to)
    except (InvalidTag, ValueError) as error:
        raise Tampered("a stored value was changed or moved") from error


def key_id_of(token: bytes) -> UUID:
    """Which key made this token. Raises Tampered for anything that is no token."""
    if len(token) < HEAD + 16 or token[0] != VERSION:
        raise Tampered("not a token of this vault")
    return _id(token[1:17])


@lru_cache(maxsize=1024)
def _id(raw: bytes) -> UUID:
    return UUID(bytes=raw)


def keyed_digest(key: KeyMaterial, purpose: str, value: str) -> str:
    """Hex HMAC-SHA-256 of `value`; purposes never share results."""
    inner = hmac.new(key.hash_key, purpose.encode(), sha256).digest()
    return hmac.new(inner, value.encode(), sha256).hexdigest()
