"""Small makers of the format's pieces, so that a product below reads like a price list."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]
Pictures = dict[str, tuple[str, str]]
Made = tuple[Json, list[Json], Pictures]
RangeLine = tuple[str, str, str, Json]
"""Range, band, its colours by name, and limits."""

WIDTHS = [*range(600, 3001, 200)]
DROPS = [*range(600, 3001, 200)]

COLOURS = {
    "White": "#f7f6f2", "Ivory": "#f0e9d8", "Cream": "#ece0c6", "Stone": "#cfc6b6", "Sand": "#d9c7a5",
    "Taupe": "#a4947f", "Mocha": "#7c6350", "Walnut": "#5f432f", "Oak": "#b98d5b", "Silver": "#c3c7ca",
    "Dove": "#b2b6b8", "Slate": "#6b747b", "Anthracite": "#3c4247", "Black": "#1e2022", "Sky": "#a9c6d8",
    "Harbour": "#3f6c87", "Navy": "#24364f", "Teal": "#2f7f7c", "Sage": "#a7b59a", "Olive": "#75784a",
    "Mustard": "#c99a2e", "Terracotta": "#b9654a", "Blush": "#e2bdb2", "Raspberry": "#98355a", "Plum": "#5a3653",
}  # fmt: skip


def grid(  # noqa: PLR0913, PLR0917 a table reads like its line in a price list
    table_id: str, name: str, widths: Sequence[int], drops: Sequence[int], start: int, slope: int
) -> Json:
    """A width by drop table: `start` pence for the smallest, `slope` pence more for each m² beyond it.

    Sizes over 9 m² are not offered.
    """
    smallest = widths[0] * drops[0]
    rows = [
        [_price(start, slope, width * drop - smallest) if width * drop <= 9_000_000 else None for width in widths]
        for drop in drops
    ]
    return {"id": table_id, "kind": "grid", "name": name, "widths": list(widths), "drops": list(drops), "rows": rows}


def by_width(table_id: str, name: str, prices: Mapping[int, int]) -> Json:
    """A table by width only, pence by millimetres."""
    rows = [list(prices.values())]
    return {"id": table_id, "kind": "width", "name": name, "widths": list(prices), "drops": [0], "rows": rows}


def bands(prefix: str, names: str) -> list[Json]:
    """Bands A, B, ... each with a table of its own."""
    return [{"id": f"b_{name.lower()}", "name": name, "table": f"t_{prefix}_{name.lower()}"} for name in names]


def ranges(prefix: str, weave: str, rows: Sequence[RangeLine]) -> tuple[Json, Pictures]:
    """Ranges by name from (range, band, colours, limits), with a picture for each colour."""
    found: Json = {}
    pictures: Pictures = {}
    for name, band, colours, limits in rows:
        for colour in colours.split():
            picture_id = f"i_{prefix}_{weave}_{colour.lower()}"
            pictures[picture_id] = (COLOURS[colour], weave)
            row = {"band": f"b_{band.lower()}", "picture": picture_id} | limits
            found.setdefault(name, {})[colour] = row
    return found, pictures


def group(group_id: str, name: str, choose: str, extras: list[Json], *, required: bool = False) -> Json:
    """A group of extras."""
    return {"id": group_id, "name": name, "choose": choose, "required": required, "extras": extras}


def extra(extra_id: str, name: str, pricing: Json | None = None, **more: Any) -> Json:
    """An extra; without pricing it is free."""
    return {"id": extra_id, "name": name, "pricing": pricing or {"method": "none"}} | more


def sides() -> Json:
    """The group that nearly every blind has."""
    choices = [extra("e_left", "Left"), extra("e_right", "Right", default=True)]
    return group("g_side", "Controls", "one", choices, required=True)


def fixed(amount: int) -> Json:
    """A fixed price in pence."""
    return {"method": "fixed", "amount": amount}


def percent(bp: int, base: str = "table") -> Json:
    return {"method": "percent", "bp": bp, "base": base}


def from_table(table_id: str) -> Json:
    return {"method": "table", "table": table_id}


def when(field: str, op: str, value: Any) -> Json:
    """A condition on a size or a name."""
    return {"field": field, "op": op, "value": value}


def chosen(group_id: str, extra_id: str = "", *, yes: bool = True) -> Json:
    """A condition on a choice."""
    mention = {"field": "choice", "op": "chosen" if yes else "not_chosen", "group": group_id}
    return mention | ({"extra": extra_id} if extra_id else {})


def do(deed: str, group_id: str, extra_id: str = "") -> Json:
    """An effect of a rule."""
    return {"do": deed, "group": group_id} | ({"extra": extra_id} if extra_id else {})


def rule(rule_id: str, conditions: list[Json], effects: list[Json], message: str) -> Json:
    return {"id": rule_id, "when": conditions, "then": effects, "message": message}


def _price(start: int, slope: int, square_mm: int) -> int:
    """Rounded to 50 pence, as price lists are."""
    return (start + slope * square_mm // 1_000_000 + 25) // 50 * 50
