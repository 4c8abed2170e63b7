"""Cutting a catalogue into the chunks that phones download; server only (`assemble` is everywhere)."""

import hashlib
import json
import zlib
from collections.abc import Iterable
from typing import Any

from allonce.pricing.engine.assemble import assemble, rows_in_block
from allonce.pricing.types import Catalogue

__all__ = ["assemble", "chunk_hash", "chunk_text", "entry_number", "root", "split"]

ROWS_IN_BLOCK = 200
ROOTS = 1 << 256


def chunk_text(value: Any) -> str:
    """The one text of a chunk: sorted keys, no spaces, no ASCII escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chunk_hash(text: str) -> str:
    """Lower-case hex SHA-256 of a chunk's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_number(path: str, digest: str) -> int:
    """What one chunk adds to the root."""
    return int.from_bytes(hashlib.sha256(f"{path}\n{digest}".encode()).digest())


def root(entries: Iterable[tuple[str, str]]) -> str:
    """Root of `(path, hash)` pairs as 64 hex digits; add or take entry numbers to move it."""
    return f"{sum(entry_number(path, digest) for path, digest in entries) % ROOTS:064x}"


def split(catalogue: Catalogue) -> dict[str, Any]:
    """Every chunk of a catalogue by path, pictures aside; `assemble` is its inverse."""
    chunks: dict[str, Any] = {
        "settings": {key: catalogue[key] for key in ("format", "currency", "settings")},
        "taxes": catalogue["tax_rates"],
    }
    for product_id, product in catalogue["products"].items():
        chunks |= split_product(product_id, dict(product))
    for table_id, table in catalogue["tables"].items():
        chunks |= split_table(table_id, dict(table))
    return chunks


def split_product(product_id: str, product: dict[str, Any]) -> dict[str, Any]:
    """A product's head and its blocks of ranges."""
    rows = [
        {**row, "range": name, "colour": colour}
        for name, colours in sorted(product["ranges"].items())
        for colour, row in sorted(colours.items())
    ]
    head = {key: value for key, value in product.items() if key != "ranges"}
    return {f"product/{product_id}": head, **split_ranges(product_id, rows)}


def split_ranges(product_id: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Blocks by hash of the range's name, so that one more row changes one block."""
    blocks = block_count(len(rows))
    chunks: dict[str, Any] = {}
    for row in rows:
        path = f"ranges/{product_id}/{range_block(row['range'], blocks)}"
        chunks.setdefault(path, []).append(row)
    return chunks


def block_count(rows: int) -> int:
    """The smallest power of two that leaves at most 200 rows a block on average."""
    blocks = 1
    while blocks * ROWS_IN_BLOCK < rows:
        blocks *= 2
    return blocks


def range_block(name: str, blocks: int) -> int:
    """Which block holds the rows of a range."""
    return zlib.crc32(name.encode()) % blocks


def split_table(table_id: str, table: dict[str, Any]) -> dict[str, Any]:
    """A table's head and its blocks of rows."""
    path = f"table/{table_id}"
    rows = table.pop("rows", None)
    chunks: dict[str, Any] = {path: table}
    if rows is None:
        return chunks
    step = rows_in_block(len(table["widths"]))
    for start in range(0, len(rows), step):
        chunks[f"{path}/{start // step}"] = rows[start : start + step]
    return chunks
