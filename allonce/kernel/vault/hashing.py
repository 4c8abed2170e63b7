"""Keyed hashes: recognise a value again without holding it."""

from allonce.kernel.vault.crypto import keyed_digest
from allonce.kernel.vault.keyring import active_key
from allonce.kernel.vault.scope import Scope


def keyed_hash(scope: Scope, purpose: str, value: str) -> str:
    """64 hex digits that only this scope's key can make, for one purpose; rotation does not change them."""
    return keyed_digest(active_key(scope), purpose, value)
