"""Changed prices by size: "Roller, band B, 1200 x 1400: 44.00 -> 46.00"."""

from typing import Any

from django.utils.translation import gettext as _

from allonce.products.catalogue import paths
from allonce.products.catalogue.draft.tables import GRID_KINDS, rows_per_block
from allonce.products.catalogue.figures import money
from allonce.products.catalogue.wording import Fact, State

Facts = dict[Any, Fact]
FIGURES = ("per_m2", "per_m", "each", "minimum_price")


def table_facts(state: State, table_id: str, blocks: set[str]) -> Facts:
    """The table's prices as facts. Of a grid only the blocks named are read, unless none are."""
    head = state.piece(paths.table(table_id))
    if head is None:
        return {}
    if head["kind"] not in GRID_KINDS:
        return {key: Fact(key.replace("_", " "), money(head[key])) for key in FIGURES if head.get(key)}
    facts: Facts = {}
    for path, block in _blocks(state, table_id, blocks).items():
        first = paths.block_number(path) * rows_per_block(head)
        facts.update(_block_facts(head, first, block))
    return facts


def same_sizes(before: Any, after: Any) -> bool:
    """Whether two heads of a table have the same widths and drops, so that blocks compare one by one."""
    return bool(before and after) and all(before.get(key) == after.get(key) for key in ("widths", "drops", "kind"))


def table_subject(state: State, head: dict[str, Any]) -> str:
    """“Roller, band B”, or the table's own name where an extra uses it."""
    product = state.piece(paths.product(head.get("product", ""))) or {"name": "", "bands": []}
    for band in product["bands"]:
        if band["table"] == head["id"]:
            return _("%(product)s, band %(band)s") % {"product": product["name"], "band": band["name"]}
    return ", ".join(part for part in (product["name"], head.get("name", "")) if part)


def size_words(head: dict[str, Any], width: int, drop: int) -> str:
    if head["kind"] == "width":
        return str(width)
    if head["kind"] == "widths_drop":
        return _("%(count)s widths, %(drop)s") % {"count": width, "drop": drop}
    return f"{width} x {drop}"


def _blocks(state: State, table_id: str, blocks: set[str]) -> dict[str, Any]:
    if not blocks:
        return dict(state.pieces_under(paths.table_blocks(table_id)))
    found = {path: state.piece(path) for path in sorted(blocks, key=paths.block_number)}
    return {path: block for path, block in found.items() if block is not None}


def _block_facts(head: dict[str, Any], first: int, block: list[Any]) -> Facts:
    facts: Facts = {}
    for drop, row in zip(head["drops"][first:], block, strict=False):
        for width, cell in zip(head["widths"], row or [None] * len(head["widths"]), strict=False):
            facts[drop, width] = Fact(size_words(head, width, drop), money(cell))
    return facts
