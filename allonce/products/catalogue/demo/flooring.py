"""By area in whole packs, with waste; width and drop are the room's sides."""

from allonce.products.catalogue.demo.parts import (
    Json,
    Made,
    RangeLine,
    bands,
    do,
    extra,
    fixed,
    group,
    ranges,
    rule,
    when,
)

RANGES: list[RangeLine] = [
    ("Boathouse Laminate", "A", "Oak Dove Stone", {}),
    ("Deckhand Vinyl Click", "B", "Oak Walnut Slate Sand", {}),
    ("Captain's Engineered Oak", "C", "Oak Walnut Mocha", {}),
]
EXTRAS = [
    group(
        "g_underlay",
        "Underlay",
        "one",
        [
            extra("e_foam", "Foam", {"method": "area", "per_m2": 350}, default=True),
            extra("e_acoustic", "Acoustic", {"method": "area", "per_m2": 720}),
            extra("e_none", "None"),
        ],
        required=True,
    ),
    group(
        "g_edge",
        "Edges",
        "many",
        [
            extra("e_skirting", "New skirting", {"method": "metre", "per_m": 950, "along": "perimeter"}),
            extra("e_scotia", "Scotia", {"method": "metre", "per_m": 420, "along": "perimeter"}),
        ],
    ),
    group("g_doors", "Door bars", "quantity", [extra("e_bar", "Door bar", fixed(1850), max_quantity=8)]),
    group(
        "g_uplift",
        "Old floor",
        "many",
        [extra("e_uplift", "Take up and dispose", {"method": "area", "per_m2": 480, "minimum_price": 6000})],
    ),
]
RULES: list[Json] = [
    rule(
        "r_edges",
        [{"field": "choice", "op": "chosen", "group": "g_edge", "extra": "e_skirting"}],
        [do("forbid", "g_edge", "e_scotia")],
        "New skirting needs no scotia.",
    ),
    rule(
        "r_big_room",
        [when("area", "gt", 60_000_000)],
        [do("forbid", "")],
        "Rooms over 60 m² are measured by the floor layer.",
    ),
]
PRODUCT: Json = {
    "id": "p_flooring",
    "name": "Flooring",
    "family": "flooring",
    "tax": "standard",
    "method": "area",
    "bands": bands("flooring", "ABC"),
    "extras": EXTRAS,
    "rules": RULES,
    "fitting": {"kind": "line", "amount": 14_500},
}


def make() -> Made:
    """The product with its tables and pictures."""
    found, pictures = ranges("flooring", "wood", RANGES)
    tables = [
        {
            "id": f"t_flooring_{band}",
            "kind": "area",
            "name": f"Flooring band {band.upper()}",
            "per_m2": price,
            "minimum_price": 9900,
            "waste_bp": 800,
            "pack_mm2": pack,
        }
        for band, price, pack in (("a", 2450, 2_220_000), ("b", 3600, 1_860_000), ("c", 5900, 2_100_000))
    ]
    return PRODUCT | {"ranges": found}, tables, pictures
