"""Payloads for one browser's eyes alone (RFC 8291), all of one length, so that none shows what it may say."""

from typing import Any

# Fits with header, padding and tag into the 4096 bytes that every service takes (RFC 8030, section 7.2).
MOST_BYTES = 3 * 1024


def encrypted(info: dict[str, Any], payload: bytes) -> bytes:
    """The body for the push service, in content coding aes128gcm.

    The payload is JSON, which may end in blanks: they are the padding.
    """
    from pywebpush import WebPusher

    coded = WebPusher(info).encode(payload.ljust(MOST_BYTES), content_encoding="aes128gcm")
    return bytes(coded["body"])
