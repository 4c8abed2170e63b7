"""How a table that was found differs from the one that stands, in counts and in its biggest changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Prices = Mapping[tuple[int, int], int | None]


@dataclass(frozen=True)
class Change:
    """One price that differs; `bp` is the change in basis points of the former price, None where there was none."""

    width: int
    drop: int
    before: int | None
    after: int | None

    @property
    def bp(self) -> int | None:
        if not self.before or self.after is None:
            return None
        return (self.after - self.before) * 10_000 // self.before


@dataclass(frozen=True)
class Comparison:
    """Counts of cells, and the changes in the order of their share."""

    same: int
    dearer: int
    cheaper: int
    added: int
    removed: int
    biggest: tuple[Change, ...]

    @property
    def changed(self) -> int:
        return self.dearer + self.cheaper + self.added + self.removed


def prices_of(
    widths: Sequence[int], drops: Sequence[int], rows: Sequence[Sequence[int | None]]
) -> dict[tuple[int, int], int | None]:
    """Prices by width and drop."""
    return {
        (width, drop): price
        for drop, row in zip(drops, rows, strict=True)
        for width, price in zip(widths, row, strict=True)
    }


def compare(before: Prices, after: Prices, most: int = 6) -> Comparison:
    """What accepting would change."""
    places = sorted({*before, *after})
    changes = [Change(*place, before.get(place), after.get(place)) for place in places]
    differing = [change for change in changes if change.before != change.after]
    return Comparison(
        same=len(changes) - len(differing),
        dearer=sum(change.bp is not None and change.bp >= 0 for change in differing),
        cheaper=sum(change.bp is not None and change.bp < 0 for change in differing),
        added=sum(change.before is None for change in differing),
        removed=sum(change.after is None for change in differing),
        biggest=tuple(sorted(differing, key=lambda change: -abs(change.bp or 0))[:most]),
    )


def compare_with_table(table: Mapping[str, Any] | None, after: Prices) -> Comparison:
    """Compares with a table of the Catalogue; None or a table of another kind counts as empty."""
    if not table or "rows" not in table:
        return compare({}, after)
    return compare(prices_of(table["widths"], table["drops"], table["rows"]), after)
