"""Slats of 89 and 127 mm, priced from the supplier's list with a mark-up."""

from allonce.products.catalogue.demo.parts import (
    Json,
    Made,
    RangeLine,
    bands,
    chosen,
    do,
    extra,
    fixed,
    grid,
    group,
    percent,
    ranges,
    rule,
    sides,
)

LIMITS = {"min_width": 500, "max_width": 4000, "max_drop": 3000}

RANGES: list[RangeLine] = [
    ("Tideway 89 mm", "A", "White Cream Stone Dove Sky", LIMITS),
    ("Tideway Blackout 127 mm", "B", "White Silver Slate Navy", LIMITS),
    ("Estuary 127 mm", "C", "Sand Sage Terracotta Harbour", LIMITS),
]
EXTRAS = [
    sides(),
    group(
        "g_stack",
        "Slats draw",
        "one",
        [extra("e_one_way", "One way", default=True), extra("e_split", "Split in the middle", fixed(800))],
        required=True,
    ),
    group(
        "g_weight",
        "Bottom weights",
        "one",
        [extra("e_chained", "Chained", default=True), extra("e_chainless", "Chainless, child safe", percent(500))],
    ),
    group("g_wand", "Wand control", "many", [extra("e_wand", "Wand instead of chain", fixed(1200))]),
]
RULES: list[Json] = [
    rule(
        "r_wand_split",
        [chosen("g_stack", "e_split")],
        [do("forbid", "g_wand", "e_wand")],
        "A split blind draws with a chain.",
    ),
]
PRODUCT: Json = {
    "id": "p_vertical",
    "name": "Vertical blind",
    "family": "vertical",
    "tax": "standard",
    "method": "grid",
    "adjust": {"recess_width": -10, "recess_drop": -10},
    "bands": bands("vertical", "ABC"),
    "limits": {"min_width": 500, "max_width": 4000, "max_drop": 3000, "severity": "error"},
    "extras": EXTRAS,
    "rules": RULES,
    "cost": {
        "basis": "cost",
        "supplier_discount_bp": 4000,
        "markup": {"kind": "markup", "bp": 7500},
        "extras": "sell",
    },
    "rounding": {"kind": "whole"},
    "fitting": {"kind": "each", "amount": 2000},
}


def make() -> Made:
    """The product with its tables and pictures."""
    found, pictures = ranges("vertical", "stripe", RANGES)
    widths = [*range(800, 4001, 400)]
    tables = [
        grid(
            f"t_vertical_{band}",
            f"Vertical band {band.upper()}",
            widths,
            [1000, 1400, 1800, 2200, 2600, 3000],
            start,
            slope,
        )
        for band, start, slope in (("a", 5200, 1500), ("b", 6400, 1900), ("c", 7200, 2300))
    ]
    return PRODUCT | {"ranges": found}, tables, pictures
