"""Prices from tables: next size up, by area, by metre, by piece."""

from allonce.pricing.engine.arithmetic import share
from allonce.pricing.engine.primitives import times
from allonce.pricing.engine.sizes import area_to_price, with_waste
from allonce.pricing.types import Making, Pricing, Table
from allonce.pricing.types.work import Found

SQUARE_METRE = 1000000
METRE = 1000


def next_size_up(edges: list[int], size: int) -> int:
    """Position of the first edge that is not below `size`; the number of edges where there is none."""
    low = 0
    high = len(edges)
    while low < high:
        middle = (low + high) // 2
        if edges[middle] < size:
            low = middle + 1
        else:
            high = middle
    return low


def found(price: int, width: int, drop: int) -> Found:
    """A price, and the table's size that it stands for (0 where the table has none)."""
    return {"price": price, "width": width, "drop": drop, "refusal": ""}


def refused(code: str, width: int, drop: int) -> Found:
    """No price; `width` or `drop` is the table's largest where that is the reason."""
    return {"price": 0, "width": width, "drop": drop, "refusal": code}


def look_up_grid(table: Table, width: int, drop: int) -> Found:
    """The cell at the next size up in both directions."""
    widths = table["widths"]
    drops = table["drops"]
    column = next_size_up(widths, width)
    row = next_size_up(drops, drop)
    if column == len(widths):
        return refused("table_too_wide", last_of(widths), 0)
    if row == len(drops):
        return refused("table_too_long", 0, last_of(drops))
    return read_cell(table["rows"][row], column, widths[column], drops[row])


def read_cell(cells: list[int | None] | None, column: int, width: int, drop: int) -> Found:
    """One cell of a row; an empty one is a price on application."""
    if cells is None:
        return refused("on_application", width, drop)
    price = cells[column]
    if price is None:
        return refused("on_application", width, drop)
    return found(price, width, drop)


def last_of(edges: list[int]) -> int:
    """The largest edge, 0 in a table without any."""
    if len(edges) == 0:
        return 0
    return edges[len(edges) - 1]


def price_area(table: Table | Pricing, width: int, drop: int, waste_bp: int, pack: int) -> int:
    """Price by square metres, at least the minimum price."""
    area = area_to_price(width, drop, table.get("min_width", 0), table.get("min_drop", 0))
    price = share(table["per_m2"], with_waste(area, waste_bp, pack), SQUARE_METRE)
    return max(price, table.get("minimum_price", 0))


def price_length(table: Table | Pricing, width: int, drop: int, making: Making | None) -> int:
    """Price by linear metres, at least the minimum price."""
    length = length_along(table["along"], width, drop, making)
    return max(share(table["per_m"], length, METRE), table.get("minimum_price", 0))


def length_along(along: str, width: int, drop: int, making: Making | None) -> int:
    """Millimetres to charge for."""
    if along == "width":
        return width
    if along == "drop":
        return drop
    if along == "perimeter":
        return times(width + drop, 2)
    if making is None:
        return 0
    return making["fabric_length"]


def look_up(table: Table, width: int, drop: int, making: Making | None) -> Found:
    """The price of one piece of `width` x `drop` mm (already adjusted) from any kind of table."""
    kind = table["kind"]
    if kind == "grid":
        return look_up_grid(table, width, drop)
    if kind == "width":
        return look_up_grid(table, width, 0)
    if kind == "widths_drop" and making is not None:
        return look_up_grid(table, making["widths"], drop)
    return reckon(table, width, drop, making)


def reckon(table: Table, width: int, drop: int, making: Making | None) -> Found:
    """Tables without cells: a price per square metre, metre or piece."""
    kind = table["kind"]
    if kind == "area":
        waste_bp = table.get("waste_bp", 0)
        return found(price_area(table, width, drop, waste_bp, table.get("pack_mm2", 0)), 0, 0)
    if kind == "metre":
        return found(price_length(table, width, drop, making), 0, 0)
    if kind == "piece":
        return found(table["each"], 0, 0)
    return refused("table_unusable", 0, 0)
