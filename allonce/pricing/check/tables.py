"""Price tables: edges, cells, and prices that fall where sizes grow."""

from itertools import pairwise
from typing import Any

from allonce.pricing.check.findings import Findings
from allonce.pricing.types import Table

NEEDED = {"area": ("per_m2",), "metre": ("per_m", "along"), "piece": ("each",)}


def check_table(table: Table, findings: Findings) -> None:
    """One table by itself."""
    needed = NEEDED.get(table["kind"], ("widths", "drops", "rows"))
    missing = [name for name in needed if name not in table]
    for name in missing:
        findings.at(name).error("shape_missing")
    if not missing and "rows" in needed:
        check_cells(table, findings)
    for name in ("per_m2", "per_m", "each", "minimum_price", "waste_bp", "pack_mm2", "min_width", "min_drop"):
        if int(str(table.get(name, 0))) < 0:
            findings.at(name).error("negative")


def check_cells(table: Table, findings: Findings) -> None:
    """Edges ascend from above nothing, rows fit them, some cell has a price."""
    widths, drops, rows = table["widths"], table["drops"], table["rows"]
    check_edges(widths, findings.at("widths"))
    if table["kind"] == "width":
        if drops != [0]:
            findings.at("drops").error("width_table_drops")
    else:
        check_edges(drops, findings.at("drops"))
    if len(rows) != len(drops) or any(row is not None and len(row) != len(widths) for row in rows):
        findings.at("rows").error("rows_do_not_fit", rows=len(drops), cells=len(widths))
        return
    check_prices(rows, findings.at("rows"), table)


def check_edges(edges: list[int], findings: Findings) -> None:
    """Sizes above nothing, each larger than the one before."""
    if not edges:
        findings.error("edges_missing")
    for edge in edges:
        if edge <= 0:
            findings.error("size_not_positive", size=edge)
    for one, following in pairwise(edges):
        if following <= one:
            findings.error("edges_not_ascending", size=following, after=one)


def check_prices(rows: list[Any], findings: Findings, table: Table) -> None:
    """Negative prices are wrong, falling ones only odd."""
    grid = [row or [None] * len(table["widths"]) for row in rows]
    if all(cell is None for row in grid for cell in row):
        findings.warn("table_empty")
    if any(cell is not None and cell < 0 for row in grid for cell in row):
        findings.error("negative")
    falls = list(falling(grid, table))
    if falls:
        width, drop, price, before = falls[0]
        findings.warn("prices_fall", count=len(falls), width=width, drop=drop, price=price, before=before)


def falling(grid: list[list[int | None]], table: Table) -> Any:
    """Cells cheaper than their smaller neighbour: width, drop, price, neighbour's price."""
    for y, row in enumerate(grid):
        for x, price in enumerate(row):
            left = row[x - 1] if x else None
            above = grid[y - 1][x] if y else None
            dearer = max((near for near in (left, above) if near is not None), default=None)
            if price is not None and dearer is not None and price < dearer:
                yield table["widths"][x], table["drops"][y], price, dearer
