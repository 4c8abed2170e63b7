"""Aluminium and wood slats."""

from allonce.products.catalogue.demo.parts import (
    DROPS,
    WIDTHS,
    Json,
    Made,
    RangeLine,
    bands,
    do,
    extra,
    fixed,
    grid,
    group,
    percent,
    ranges,
    rule,
    sides,
    when,
)

RANGES: list[RangeLine] = [
    (
        "Aluminium 25 mm",
        "A",
        "White Cream Silver Anthracite Black Harbour",
        {"min_width": 300, "max_width": 2400, "max_drop": 2400},
    ),
    ("Faux Wood 50 mm", "B", "White Ivory Dove Slate", {"min_width": 400, "max_width": 2400, "max_drop": 2600}),
    ("Basswood 50 mm", "C", "White Oak Walnut Mocha Black", {"min_width": 400, "max_width": 2400, "max_drop": 2400}),
]
EXTRAS = [
    sides(),
    group(
        "g_tapes",
        "Tapes",
        "one",
        [extra("e_cords", "Ladder cords", default=True), extra("e_tapes", "Fabric tapes", percent(1500))],
    ),
    group(
        "g_valance",
        "Valance",
        "one",
        [
            extra("e_square", "Square", default=True),
            extra("e_returns", "With returns", {"method": "metre", "per_m": 650, "along": "width"}),
        ],
    ),
    group(
        "g_cutout",
        "Cut-outs",
        "quantity",
        [extra("e_cutout", "Cut-out for handle or sill", fixed(1800), max_quantity=6)],
    ),
]
RULES: list[Json] = [
    rule(
        "r_tapes_alu", [when("band", "eq", "b_a")], [do("forbid", "g_tapes", "e_tapes")], "Tapes are for 50 mm slats."
    ),
    rule("r_cutout_alu", [when("band", "eq", "b_a")], [do("forbid", "g_cutout")], "Aluminium slats cannot be cut out."),
]
PRODUCT: Json = {
    "id": "p_venetian",
    "name": "Venetian blind",
    "family": "venetian",
    "tax": "standard",
    "method": "grid",
    "adjust": {"recess_width": -10, "recess_drop": -5},
    "bands": bands("venetian", "ABC"),
    "limits": {"min_width": 300, "max_width": 2400, "max_drop": 2600, "max_area": 5_000_000, "severity": "error"},
    "extras": EXTRAS,
    "rules": RULES,
    "cost": {"basis": "sell", "supplier_discount_bp": 5000},
    "rounding": {"kind": "to_99"},
    "fitting": {"kind": "each", "amount": 1500},
}


def make() -> Made:
    """The product with its tables and pictures."""
    found, pictures = ranges("venetian", "slat", RANGES)
    tables = [
        grid(f"t_venetian_{band}", f"Venetian band {band.upper()}", WIDTHS[:10], DROPS[:11], start, slope)
        for band, start, slope in (("a", 4400, 3300), ("b", 6800, 4900), ("c", 8900, 6700))
    ]
    return PRODUCT | {"ranges": found}, tables, pictures
