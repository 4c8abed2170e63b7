"""Chunks: whole again when assembled, and few when little changed."""

import json
from typing import Any

from hypothesis import given

from allonce.pricing import assemble
from allonce.pricing.chunks import ROOTS, chunk_hash, chunk_text, entry_number, root, split
from allonce.pricing.tests.strategies import catalogues


def hashes(catalogue: Any) -> dict[str, str]:
    """Path to hash of every chunk."""
    return {path: chunk_hash(chunk_text(value)) for path, value in split(catalogue).items()}


def big(ranges: int) -> Any:
    """A product with many ranges and one table of 200 x 200."""
    sizes = [20 * number for number in range(1, 201)]
    table = {"id": "t_a", "kind": "grid", "widths": sizes, "drops": sizes, "rows": [[1] * 200 for _ in sizes]}
    product = {"id": "p_a", "bands": [], "ranges": {f"Range {n}": {"Teak": {"band": "b_a"}} for n in range(ranges)}}
    head = {"format": 1, "currency": "GBP", "settings": {}, "tax_rates": {}}
    return {**head, "products": {"p_a": product}, "tables": {"t_a": table}}


@given(catalogues())
def test_assembled_chunks_are_the_catalogue(catalogue: Any) -> None:
    chunks = {path: json.loads(chunk_text(value)) for path, value in split(catalogue).items()}
    assert assemble(chunks) == catalogue


def test_one_price_changes_one_chunk_of_250_cells() -> None:
    before = hashes(big(10))
    changed = big(10)
    changed["tables"]["t_a"]["rows"][77][3] = 2
    after = hashes(changed)
    assert [path for path in before if before[path] != after[path]] == ["table/t_a/77"]


def test_one_more_range_changes_one_block() -> None:
    before = hashes(big(5000))
    changed = big(5000)
    changed["products"]["p_a"]["ranges"]["Ash"] = {"Ink": {"band": "b_a"}}
    after = hashes(changed)
    assert sum(before.get(path) != after[path] for path in after) == 1
    assert len(after) == len(before)


def test_the_root_moves_by_what_changed() -> None:
    entries = hashes(big(300))
    path, digest = next(iter(entries.items()))
    moved = (int(root(entries.items()), 16) - entry_number(path, digest) + entry_number(path, "ab")) % ROOTS
    assert root({**entries, path: "ab"}.items()) == f"{moved:064x}"
    assert root(reversed(entries.items())) == root(entries.items())
