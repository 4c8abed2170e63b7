"""By area with a frame of 20 mm, a smallest size and a lowest price."""

from allonce.products.catalogue.demo.parts import (
    Json,
    Made,
    RangeLine,
    bands,
    do,
    extra,
    fixed,
    group,
    percent,
    ranges,
    rule,
    when,
)

RANGES: list[RangeLine] = [
    ("Quay MDF", "A", "White Ivory Dove", {"max_width": 3600, "max_drop": 2800}),
    ("Pier Hardwood", "B", "White Cream Stone Slate Oak Walnut", {"max_width": 3600, "max_drop": 2800}),
    ("Lido Waterproof", "C", "White Silver", {"max_width": 2400, "max_drop": 2400}),
]
EXTRAS = [
    group(
        "g_style",
        "Style",
        "one",
        [
            extra("e_full", "Full height", default=True),
            extra("e_tier", "Tier on tier", percent(2000)),
            extra("e_cafe", "Café style", percent(-500)),
            extra("e_track", "Tracked", percent(3000)),
        ],
        required=True,
    ),
    group(
        "g_frame",
        "Frame",
        "one",
        [
            extra("e_inside", "Inside the recess", default=True),
            extra("e_outside", "Outside, 20 mm frame", fixed(2500), size_add={"width": 20, "drop": 20}),
            extra("e_bay", "Bay posts", fixed(9500)),
        ],
        required=True,
    ),
    group(
        "g_louvre",
        "Louvres",
        "one",
        [
            extra("e_63", "63 mm", default=True),
            extra("e_89", "89 mm"),
            extra("e_114", "114 mm", percent(400)),
        ],
        required=True,
    ),
    group(
        "g_hinge",
        "Hinges",
        "one",
        [extra("e_matching", "Matching", default=True), extra("e_brass", "Brass", fixed(1900))],
    ),
]
RULES: list[Json] = [
    rule(
        "r_track_width",
        [when("width", "lt", 1200)],
        [do("forbid", "g_style", "e_track")],
        "Tracked shutters start at 1200 mm.",
    ),
    rule(
        "r_louvre_drop",
        [when("drop", "lt", 500)],
        [do("forbid", "g_louvre", "e_114")],
        "The 114 mm louvre needs a drop of 500 mm.",
    ),
]
PRODUCT: Json = {
    "id": "p_shutter",
    "name": "Shutters",
    "family": "shutter",
    "tax": "standard",
    "method": "area",
    "bands": bands("shutter", "ABC"),
    "limits": {"min_width": 200, "max_width": 3600, "min_drop": 250, "max_drop": 2800, "severity": "error"},
    "extras": EXTRAS,
    "rules": RULES,
    "rounding": {"kind": "up_whole"},
    "fitting": {"kind": "each", "amount": 6000},
}


def make() -> Made:
    """The product with its tables and pictures."""
    found, pictures = ranges("shutter", "slat", RANGES)
    tables = [
        {
            "id": f"t_shutter_{band}",
            "kind": "area",
            "name": f"Shutters band {band.upper()}",
            "per_m2": price,
            "minimum_price": price,
            "min_width": 500,
            "min_drop": 800,
        }
        for band, price in (("a", 21_900), ("b", 29_900), ("c", 33_500))
    ]
    return PRODUCT | {"ranges": found}, tables, pictures
