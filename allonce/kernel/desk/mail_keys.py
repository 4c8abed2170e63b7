"""Mails are known again by a keyed hash of their Message-ID."""

from allonce.kernel.desk.mail import normal_id
from allonce.kernel.vault import INSTALL, keyed_hash


def key_of(message_id: str) -> str:
    """64 hex digits; "" for a mail without an id."""
    found = normal_id(message_id)
    return keyed_hash(INSTALL, "desk.mail", found) if found else ""
