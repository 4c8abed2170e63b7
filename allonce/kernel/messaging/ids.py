"""Ids that rise with time, so that new rows of a large table lie side by side on the disk."""

import os
from uuid import UUID

from allonce.kernel.clock import now


def time_ordered() -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds since 1970, the rest random."""
    milliseconds = int(now().timestamp() * 1000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return UUID(bytes=bytes(raw))
