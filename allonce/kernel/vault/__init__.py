"""Encryption of what is stored: keys per account and person in a database of their own."""

from typing import TYPE_CHECKING

from allonce.kernel.vault.scope import INSTALL, Scope

if TYPE_CHECKING:
    from allonce.kernel.vault.blind import BlindIndexField, blind_index, one_spelling, shared_index
    from allonce.kernel.vault.destruction import destroy_key, destroy_keys
    from allonce.kernel.vault.epochs import rotate_epoch
    from allonce.kernel.vault.fields import EncryptedBytesField, EncryptedJSONField, EncryptedTextField
    from allonce.kernel.vault.hashing import keyed_hash
    from allonce.kernel.vault.keyring import create_key, prefetch
    from allonce.kernel.vault.rotation import rotate_key
    from allonce.kernel.vault.sealed import SealedModel

__all__ = [
    "INSTALL",
    "BlindIndexField",
    "EncryptedBytesField",
    "EncryptedJSONField",
    "EncryptedTextField",
    "Scope",
    "SealedModel",
    "blind_index",
    "create_key",
    "destroy_key",
    "destroy_keys",
    "keyed_hash",
    "one_spelling",
    "prefetch",
    "rotate_epoch",
    "rotate_key",
    "shared_index",
]

# Models may only be imported once Django has its apps, so the names that need them are looked up late.
_HOMES = {
    "BlindIndexField": "blind",
    "blind_index": "blind",
    "EncryptedBytesField": "fields",
    "EncryptedJSONField": "fields",
    "EncryptedTextField": "fields",
    "SealedModel": "sealed",
    "create_key": "keyring",
    "destroy_key": "destruction",
    "destroy_keys": "destruction",
    "keyed_hash": "hashing",
    "one_spelling": "blind",
    "prefetch": "keyring",
    "rotate_epoch": "epochs",
    "rotate_key": "rotation",
    "shared_index": "blind",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
