"""Made-up fabric with linings."""

from allonce.products.catalogue.demo.parts import (
    DROPS,
    WIDTHS,
    Json,
    Made,
    RangeLine,
    bands,
    extra,
    grid,
    group,
    percent,
    ranges,
    sides,
)

LIMITS = {"min_width": 500, "max_width": 2400, "max_drop": 2600}

RANGES: list[RangeLine] = [
    ("Cornish Linen", "A", "White Ivory Stone Dove Sky Sage", LIMITS),
    ("Sailcloth", "B", "Cream Navy Teal Mustard Terracotta", LIMITS),
    ("Velvet Cove", "C", "Plum Harbour Olive Anthracite Blush", LIMITS | {"max_width": 2000}),
]
EXTRAS = [
    sides(),
    group(
        "g_lining",
        "Lining",
        "one",
        [
            extra("e_cotton", "Cotton", default=True),
            extra("e_blackout", "Blackout", {"method": "area", "per_m2": 1450, "minimum_price": 1500}),
            extra("e_thermal", "Thermal interlining", {"method": "area", "per_m2": 1950, "minimum_price": 2000}),
        ],
        required=True,
    ),
    group(
        "g_trim",
        "Trim",
        "many",
        [
            extra("e_border", "Contrast border", percent(1200)),
            extra("e_fringe", "Linen fringe", {"method": "metre", "per_m": 1400, "along": "width"}),
        ],
    ),
]
RULES: list[Json] = []
PRODUCT: Json = {
    "id": "p_roman",
    "name": "Roman blind",
    "family": "roman",
    "tax": "standard",
    "method": "grid",
    "bands": bands("roman", "ABC"),
    "limits": {"min_width": 500, "max_width": 2400, "max_drop": 2600, "severity": "warning"},
    "extras": EXTRAS,
    "rules": RULES,
    "cost": {"basis": "cost", "supplier_discount_bp": 3500, "markup": {"kind": "margin", "bp": 4200}},
    "rounding": {"kind": "up_to", "step": 500},
    "fitting": {"kind": "each", "amount": 2500},
}


def make() -> Made:
    """The product with its tables and pictures."""
    found, pictures = ranges("roman", "linen", RANGES)
    tables = [
        grid(f"t_roman_{band}", f"Roman band {band.upper()}", WIDTHS[:10], DROPS[:11], start, slope)
        for band, start, slope in (("a", 9800, 5600), ("b", 11900, 6900), ("c", 14800, 8600))
    ]
    return PRODUCT | {"ranges": found}, tables, pictures
