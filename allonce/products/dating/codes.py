"""Six digits that prove a mailbox or a telephone: only their keyed hash is kept."""

import secrets
from uuid import UUID

from django.utils.crypto import constant_time_compare

from allonce.kernel.vault import INSTALL, keyed_hash

DIGITS = 6


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hash_of(code: str, owner: UUID, way: str) -> str:
    """What is kept of a code: useless for any other request or way."""
    return keyed_hash(INSTALL, f"dating.code.{way}", f"{owner.hex}:{code}")


def is_right(typed: str, kept: str, owner: UUID, way: str) -> bool:
    """Whether the code that was typed is the one that was sent."""
    digits = "".join(letter for letter in typed if letter.isdigit())
    return constant_time_compare(hash_of(digits, owner, way), kept)
