"""A small catalogue that has one of everything a phone must show: ranges, limits, extras, rules, taxes."""

from typing import Any

WIDTHS = [600, 1000, 1400, 1800, 2200]
DROPS = [800, 1200, 1600, 2000, 2400]


def grid(table: str, start: int, step: int) -> dict[str, Any]:
    rows = [[start + step * (across + down) for across in range(len(WIDTHS))] for down in range(len(DROPS))]
    return {"id": table, "kind": "grid", "widths": WIDTHS, "drops": DROPS, "rows": rows}


def roller() -> dict[str, Any]:
    side = [
        {"id": "e_left", "name": "Left", "pricing": {"method": "none"}},
        {"id": "e_right", "name": "Right", "pricing": {"method": "none"}, "default": True},
    ]
    motor = [{"id": "e_motor", "name": "Battery motor", "pricing": {"method": "fixed", "amount": 12500}}]
    edge = [{"id": "e_scallop", "name": "Scalloped", "pricing": {"method": "percent", "bp": 1000, "base": "table"}}]
    return {
        "id": "p_roller", "name": "Roller blind", "family": "roller", "order": 1, "tax": "standard", "method": "grid",
        "bands": [{"id": "b_a", "name": "A", "table": "t_a"}, {"id": "b_b", "name": "B", "table": "t_b"}],
        "ranges": {
            "Cedar": {
                "Teak": {"band": "b_a", "min_width": 300, "max_width": 1500, "max_drop": 2500},
                "Oak": {"band": "b_a", "max_width": 2200, "max_drop": 2400},
            },
            "Linen": {"Flax": {"band": "b_b"}, "Chalk": {"band": "b_b"}},
        },
        "extras": [
            {"id": "g_side", "name": "Control side", "choose": "one", "required": True, "extras": side},
            {"id": "g_motor", "name": "Motor", "choose": "one", "extras": motor},
            {"id": "g_edge", "name": "Lower edge", "choose": "many", "extras": edge},
        ],
        "rules": [
            {
                "id": "r_motor",
                "when": [{"field": "width", "op": "lt", "value": 600}],
                "then": [{"do": "forbid", "group": "g_motor"}],
                "message": "The motor needs a width of 600 mm.",
            }
        ],
        "rounding": {"kind": "to_95"},
        "fitting": {"kind": "each", "amount": 1500},
    }  # fmt: skip


def venetian() -> dict[str, Any]:
    tapes = [{"id": "e_tape", "name": "Tapes", "pricing": {"method": "area", "per_m2": 900}}]
    colours = {name: {"band": "b_v"} for name in ("White", "Silver", "Graphite")}
    return {
        "id": "p_venetian", "name": "Venetian blind", "family": "venetian", "order": 2, "tax": "standard",
        "method": "area", "bands": [{"id": "b_v", "name": "Slats", "table": "t_v"}],
        "ranges": {"Aluminium 25": colours},
        "rules": [], "extras": [{"id": "g_tape", "name": "Tapes", "choose": "many", "extras": tapes}],
    }  # fmt: skip


def catalogue() -> dict[str, Any]:
    """Prices include tax; a surveyor may give what the User's limit says, at most 15 %, and is asked below £45."""
    return {
        "format": 1,
        "currency": "GBP",
        "settings": {
            "prices_include_tax": True,
            "validity_days": 30,
            "deposit": {"kind": "percent", "bp": 5000},
            "max_discount_bp": 1500,
            "minimum_order": {"amount": 4500, "action": "warn"},
        },
        "tax_rates": {"standard": [{"from": "2011-01-04", "bp": 2000}]},
        "products": {"p_roller": roller(), "p_venetian": venetian()},
        "tables": {
            "t_a": grid("t_a", 3900, 700),
            "t_b": grid("t_b", 4900, 900),
            "t_v": {"id": "t_v", "kind": "area", "per_m2": 5200, "minimum_price": 3500},
        },
    }
