"""A product's ranges and colours in the draft: blocks by the hash of the range's name, so that a row added
later leaves the other blocks as they are."""

from collections.abc import Iterable
from typing import Any

from allonce.pricing.chunks import block_count, range_block
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft.store import Draft

Row = dict[str, Any]


def read_ranges(draft: Draft, product_id: str) -> list[Row]:
    """All rows, sorted by range and colour."""
    rows = [row for block in draft.read_under(paths.ranges(product_id)).values() for row in block]
    return sorted(rows, key=key_of)


def count_rows(draft: Draft) -> dict[str, int]:
    """How many rows each product has, without taking the rows apart."""
    counts: dict[str, int] = {}
    for path, body in draft.bodies_under("ranges/"):
        product_id = path.split("/")[1]
        counts[product_id] = counts.get(product_id, 0) + body.count(b'"range":')
    return counts


def write_ranges(draft: Draft, product_id: str, rows: Iterable[Row]) -> None:
    """Replaces the product's rows; blocks that stay equal are not touched when the draft is saved."""
    draft.remove_under(paths.ranges(product_id))
    for number, block in _blocks(list(rows)).items():
        draft.write(paths.range_block(product_id, number), sorted(block, key=key_of))


def key_of(row: Row) -> tuple[str, str]:
    return row["range"], row["colour"]


def nested(rows: Iterable[Row]) -> dict[str, dict[str, Row]]:
    """The rows as the pricing engine takes them: by range, then by colour."""
    ranges: dict[str, dict[str, Row]] = {}
    for row in rows:
        limits = {key: value for key, value in row.items() if key not in ("range", "colour")}
        ranges.setdefault(row["range"], {})[row["colour"]] = limits
    return ranges


def _blocks(rows: list[Row]) -> dict[int, list[Row]]:
    count = block_count(len(rows))
    blocks: dict[int, list[Row]] = {}
    for row in rows:
        blocks.setdefault(range_block(row["range"], count), []).append(row)
    return blocks
