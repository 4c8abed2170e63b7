"""Where each piece of a Catalogue stands, and the bytes it is hashed as (docs/catalogue-format.md)."""

import hashlib
import json
import re
import secrets
from typing import Any

from allonce.pricing.chunks import chunk_text

EVERYTHING = ""
SETTINGS = "settings"
TAXES = "taxes"
PRODUCTS = "product/"
PICTURES = "picture/"

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_ID = re.compile(r"^[a-z][a-z0-9_]{0,63}$")


def product(product_id: str) -> str:
    return f"product/{product_id}"


def ranges(product_id: str) -> str:
    """The folder of a product's range blocks."""
    return f"ranges/{product_id}/"


def range_block(product_id: str, number: int) -> str:
    return f"ranges/{product_id}/{number}"


def table(table_id: str) -> str:
    return f"table/{table_id}"


def table_blocks(table_id: str) -> str:
    """The folder of a table's row blocks."""
    return f"table/{table_id}/"


def table_block(table_id: str, number: int) -> str:
    return f"table/{table_id}/{number}"


def picture(picture_id: str) -> str:
    return f"picture/{picture_id}"


def block_number(path: str) -> int:
    return int(path.rsplit("/", 1)[1])


def new_id(prefix: str) -> str:
    """An identifier that is never integer-like and never handed out twice in practice: `p_7kq2m9xw`."""
    return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(8))}"


def is_id(text: str) -> bool:
    return bool(_ID.match(text))


def to_bytes(value: Any) -> bytes:
    """The one canonical spelling of a piece, as it is hashed."""
    return chunk_text(value).encode()


def from_bytes(body: bytes) -> Any:
    return json.loads(body)


def hash_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
