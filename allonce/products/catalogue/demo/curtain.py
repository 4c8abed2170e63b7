"""Made to measure from widths of fabric, with headings and linings."""

from allonce.products.catalogue.demo.parts import (
    Json,
    Made,
    RangeLine,
    bands,
    by_width,
    do,
    extra,
    fixed,
    from_table,
    group,
    percent,
    ranges,
    rule,
)

RANGES: list[RangeLine] = [
    ("Cornish Linen", "A", "White Ivory Stone Dove Sky Sage", {"max_drop": 3000}),
    ("Sailcloth", "B", "Cream Navy Teal Mustard Terracotta", {"max_drop": 3000, "repeat": 320}),
    ("Velvet Cove", "C", "Plum Harbour Olive Anthracite Blush", {"max_drop": 2800}),
]
EXTRAS = [
    group(
        "g_heading",
        "Heading",
        "one",
        [
            extra("e_pencil", "Pencil pleat", default=True, fullness_bp=20_000),
            extra("e_eyelet", "Eyelet", percent(1200), fullness_bp=17_500),
            extra("e_wave", "Wave", percent(1800), fullness_bp=20_000),
            extra("e_pinch", "Triple pinch pleat", percent(2500), fullness_bp=22_500),
        ],
        required=True,
    ),
    group(
        "g_lining",
        "Lining",
        "one",
        [
            extra("e_cotton", "Cotton", default=True),
            extra("e_blackout", "Blackout", {"method": "area", "per_m2": 1100}),
            extra("e_interlined", "Interlined", {"method": "area", "per_m2": 1800}),
        ],
        required=True,
    ),
    group(
        "g_pole",
        "Pole or track",
        "one",
        [
            extra("e_pole", "Wooden pole", from_table("t_curtain_pole")),
            extra("e_track", "Aluminium track", {"method": "metre", "per_m": 2200, "along": "width"}),
        ],
    ),
    group("g_ties", "Tie-backs", "quantity", [extra("e_tie", "Tie-back, pair", fixed(2600), max_quantity=4)]),
]
RULES: list[Json] = [
    rule(
        "r_wave_pole",
        [{"field": "choice", "op": "chosen", "group": "g_heading", "extra": "e_wave"}],
        [do("forbid", "g_pole", "e_pole")],
        "A wave heading hangs from a track.",
    ),
]
PRODUCT: Json = {
    "id": "p_curtain",
    "name": "Curtains",
    "family": "curtain",
    "tax": "standard",
    "method": "widths_drop",
    "bands": bands("curtain", "ABC"),
    "limits": {"min_width": 400, "max_width": 6000, "min_drop": 500, "max_drop": 3000, "severity": "warning"},
    "extras": EXTRAS,
    "rules": RULES,
    "curtain": {"fabric_width": 1370, "fullness_bp": 20_000, "side_allowance": 100, "hem_allowance": 300, "panels": 2},
    "rounding": {"kind": "whole"},
    "fitting": {"kind": "line", "amount": 4500},
}


def make() -> Made:
    """The product with its tables and pictures."""
    found, pictures = ranges("curtain", "linen", RANGES)
    counts, drops = [1, 2, 3, 4, 5, 6, 8, 10], [1000, 1400, 1800, 2200, 2600, 3000]
    tables = [
        {
            "id": f"t_curtain_{band}",
            "kind": "widths_drop",
            "name": f"Curtains band {band.upper()}",
            "widths": counts,
            "drops": drops,
            "rows": [[making + count * (metre * (drop + 300) // 1000) for count in counts] for drop in drops],
        }
        for band, making, metre in (("a", 3500, 1900), ("b", 3900, 2500), ("c", 4500, 3600))
    ]
    tables.append(by_width("t_curtain_pole", "Poles", {1200: 4900, 1800: 6400, 2400: 7900, 3000: 9900, 4000: 12900}))
    return PRODUCT | {"ranges": found}, tables, pictures
