"""What can go wrong in the vault. None of these is meant for a person's eyes, so none is a UserError."""


class VaultError(Exception):
    """Anything the vault refuses."""


class KeyDestroyed(VaultError):
    """The key of this scope was destroyed: what it protected is gone for good."""


class KeyMissing(VaultError):
    """No key of this id exists in this installation."""


class WrongRootKey(VaultError):
    """The root key given does not open this installation's keys."""


class Tampered(VaultError):
    """A ciphertext was changed, cut short, or moved from the row, field or scope it was made for."""


class Misuse(VaultError):
    """Code asked for something that encrypted fields cannot do, like filtering by value."""
