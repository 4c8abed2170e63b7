"""One shop's catalogue and the windows of an ordinary day, for every pricing benchmark.

Seven products with ranges, extras groups, rules, mark-ups and roundings of the usual size, so
that a line costs what a line costs in use; not the smallest line that could be priced.
"""

import random
from typing import Any

DATE = "2026-11-21"


def grid(table_id: str, step: int, base: int) -> dict[str, Any]:
    """A rising 20 x 20 table."""
    sizes = [400 + 200 * number for number in range(20)]
    rows = [[base + step * (x + y) for x in range(20)] for y in range(20)]
    return {"id": table_id, "kind": "grid", "widths": sizes, "drops": sizes, "rows": rows}


def one_of(group_id: str, *names: str) -> dict[str, Any]:
    """A free choice of one with a default."""
    extras = [
        {
            "id": f"e_{name.lower()}",
            "name": name,
            "pricing": {"method": "none"},
            **({"default": True} if not at else {}),
        }
        for at, name in enumerate(names)
    ]
    return {"id": group_id, "name": group_id[2:].title(), "choose": "one", "required": True, "extras": extras}


def priced(group_id: str, choose: str, *pricings: dict[str, Any]) -> dict[str, Any]:
    """A group of priced extras."""
    extras = [
        {"id": f"e_{group_id[2:]}_{number}", "name": f"Extra {number}", "pricing": pricing}
        for number, pricing in enumerate(pricings)
    ]
    return {"id": group_id, "name": group_id[2:].title(), "choose": choose, "extras": extras}


def groups() -> list[dict[str, Any]]:
    """What can be chosen."""
    return [
        one_of("g_side", "Left", "Right"),
        one_of("g_chain", "White", "Steel", "Brass"),
        priced(
            "g_cassette",
            "one",
            {"method": "table", "table": "t_cassette"},
            {"method": "metre", "per_m": 900, "along": "width"},
        ),
        priced(
            "g_finish", "many", {"method": "percent", "bp": 1000, "base": "table"}, {"method": "fixed", "amount": 450}
        ),
        priced("g_motor", "quantity", {"method": "fixed", "amount": 12_500}),
    ]


def rules() -> list[dict[str, Any]]:
    """No motor in a narrow blind, no brass chain on a motor."""
    narrow = {"field": "width", "op": "lt", "value": 600}
    motor = {"field": "choice", "op": "chosen", "group": "g_motor"}
    return [
        {"id": "r_narrow", "when": [narrow], "then": [{"do": "forbid", "group": "g_motor"}], "message": "Too narrow."},
        {
            "id": "r_chain",
            "when": [motor],
            "then": [{"do": "forbid", "group": "g_chain", "extra": "e_brass"}],
            "message": "No.",
        },
    ]


def product(name: str, method: str, table_ids: list[str], **more: Any) -> dict[str, Any]:
    """A product of as many bands as tables, 60 ranges of 10 colours."""
    bands = [{"id": f"b_{number}", "name": "ABCD"[number], "table": table} for number, table in enumerate(table_ids)]
    ranges = {
        f"Range {number}": {
            f"Colour {colour}": {"band": f"b_{number % len(bands)}", "max_width": 3600, "max_drop": 3900}
            for colour in range(10)
        }
        for number in range(60)
    }
    head = {"id": f"p_{name.lower()}", "name": name, "family": "other", "tax": "standard", "method": method}
    terms = {"rounding": {"kind": "to_95"}, "fitting": {"kind": "each", "amount": 1500}}
    return {**head, "bands": bands, "ranges": ranges, "extras": groups(), "rules": rules(), **terms, **more}


def tables() -> list[dict[str, Any]]:
    """Four bands of a grid, one table of widths of fabric, two by area, one of an extra."""
    sizes: dict[str, Any] = {"widths": [1200, 2400, 4200], "drops": [0], "rows": [[1900, 2900, 4900]]}
    return [
        *(grid(f"t_grid_{number}", 500 + 100 * number, 3000 + 500 * number) for number in range(4)),
        {**grid("t_curtain", 900, 9000), "kind": "widths_drop", "widths": list(range(1, 21))},
        {
            "id": "t_shutter",
            "kind": "area",
            "per_m2": 21_000,
            "minimum_price": 15_000,
            "min_width": 400,
            "min_drop": 400,
        },
        {"id": "t_floor", "kind": "area", "per_m2": 3600, "waste_bp": 1000, "pack_mm2": 2_200_000},
        {"id": "t_cassette", "kind": "width", **sizes},
    ]


def products() -> list[dict[str, Any]]:
    """One of each kind that the shop sells."""
    grids = [f"t_grid_{number}" for number in range(4)]
    cost = {"basis": "cost", "supplier_discount_bp": 4000, "markup": {"kind": "markup", "bp": 9000}, "extras": "cost"}
    fabric = {"fabric_width": 1380, "fullness_bp": 20_000, "side_allowance": 60, "hem_allowance": 250, "panels": 2}
    return [
        product("Roller", "grid", grids),
        product("Vertical", "grid", grids, cost=cost),
        product("Venetian", "grid", grids),
        product("Roman", "grid", grids, adjust={"width": 20, "drop": 20}),
        product("Curtain", "widths_drop", ["t_curtain"], curtain=fabric),
        product("Shutter", "area", ["t_shutter"]),
        product("Flooring", "area", ["t_floor"]),
    ]


def catalogue() -> Any:
    """The shop: seven products, their tables and taxes."""
    return {
        "format": 1,
        "currency": "GBP",
        "settings": {"prices_include_tax": True, "deposit": {"kind": "percent", "bp": 5000}},
        "tax_rates": {"standard": [{"from": "2011-01-04", "bp": 2000}]},
        "products": {one["id"]: one for one in products()},
        "tables": {table["id"]: table for table in tables()},
    }


def items(count: int, seed: int = 7) -> list[Any]:
    """Windows as they come: two or three extras each, some with a discount."""
    dice = random.Random(seed)
    names = ["roller", "vertical", "venetian", "roman", "curtain", "shutter", "flooring"]
    return [item(dice, number, f"p_{dice.choice(names)}") for number in range(count)]


def item(dice: random.Random, number: int, product_id: str) -> dict[str, Any]:
    """One window."""
    choices: dict[str, dict[str, int]] = {"g_side": {"e_right": 1}}
    if dice.random() < 0.6:
        choices["g_cassette"] = {f"e_cassette_{dice.randrange(2)}": 1}
    if dice.random() < 0.4:
        choices["g_finish"] = {f"e_finish_{dice.randrange(2)}": 1}
    size = {"width": dice.randint(600, 3400), "drop": dice.randint(500, 3600), "quantity": dice.choice([1, 1, 1, 2, 3])}
    where = {"range": f"Range {dice.randrange(60)}", "colour": f"Colour {dice.randrange(10)}", "mount": "exact"}
    discount = {"discount_bp": dice.choice([0, 0, 0, 500, 1000])}
    return {"id": f"i{number}", "product": product_id, **where, **size, "choices": choices, **discount}
