"""Puts published chunks together into the catalogue that the engine reads."""

from typing import Any

from allonce.pricing.types import Catalogue

CELLS_IN_BLOCK = 250


def assemble(chunks: dict[str, Any]) -> Catalogue:
    """The catalogue of `{path: value}`; pictures and unknown paths are left aside.

    Raises KeyError where a chunk that the others need is missing.
    """
    head = chunks["settings"]
    catalogue: Catalogue = {
        "format": head["format"],
        "currency": head["currency"],
        "settings": head["settings"],
        "tax_rates": chunks["taxes"],
        "products": {},
        "tables": {},
    }
    for path in sorted(chunks):
        parts = path.split("/")
        if parts[0] == "product":
            catalogue["products"][parts[1]] = assemble_product(chunks[path])
        if parts[0] == "table" and len(parts) == 2:
            catalogue["tables"][parts[1]] = assemble_table(chunks, path)
    for path in sorted(chunks):
        parts = path.split("/")
        if parts[0] == "ranges":
            add_ranges(catalogue["products"][parts[1]]["ranges"], chunks[path])
    return catalogue


def assemble_product(head: dict[str, Any]) -> Any:
    """A product with no ranges yet; the chunk itself stays as it was hashed."""
    product = dict(head)
    product["ranges"] = {}
    return product


def assemble_table(chunks: dict[str, Any], path: str) -> Any:
    """A table with its rows, block by block."""
    table = dict(chunks[path])
    if "drops" not in table:
        return table
    rows: list[Any] = []
    for block in range(count_blocks(len(table["widths"]), len(table["drops"]))):
        rows.extend(chunks["/".join([path, str(block)])])
    table["rows"] = rows
    return table


def rows_in_block(widths: int) -> int:
    """How many rows of a table one chunk holds."""
    return max(1, CELLS_IN_BLOCK // max(widths, 1))


def count_blocks(widths: int, drops: int) -> int:
    """How many chunks the rows of a table fill."""
    return -(-drops // rows_in_block(widths))


def add_ranges(ranges: Any, rows: list[Any]) -> None:
    """File rows by range and colour."""
    for row in rows:
        if row["range"] not in ranges:
            ranges[row["range"]] = {}
        ranges[row["range"]][row["colour"]] = without_names(row)


def without_names(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it stands under its two names."""
    result = dict(row)
    result.pop("range")
    result.pop("colour")
    return result
