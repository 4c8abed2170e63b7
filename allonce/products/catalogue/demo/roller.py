"""Five bands of fabric; cassettes, motors and shaped hems."""

from allonce.products.catalogue.demo.parts import (
    DROPS,
    WIDTHS,
    Json,
    Made,
    RangeLine,
    bands,
    by_width,
    chosen,
    do,
    extra,
    fixed,
    from_table,
    grid,
    group,
    percent,
    ranges,
    rule,
    sides,
    when,
)

WIDE = {"min_width": 300, "max_width": 3000, "max_drop": 3000}

RANGES: list[RangeLine] = [
    ("Shoreline", "A", "White Ivory Cream Stone Dove Slate", {"min_width": 300, "max_width": 2400, "max_drop": 2600}),
    ("Shoreline Dimout", "B", "White Stone Dove Anthracite Sky Sage", WIDE),
    ("Breakwater Blackout", "B", "White Cream Silver Slate Black Navy Harbour", WIDE),
    ("Linen Weave", "C", "Ivory Sand Taupe Olive Sage", {"min_width": 400, "max_width": 2000, "max_drop": 2600}),
    (
        "Lighthouse Screen 5%",
        "D",
        "White Silver Anthracite Black",
        {"min_width": 500, "max_width": 2800, "max_drop": 3000},
    ),
    ("Meadow Print", "C", "Blush Mustard Teal Raspberry", {"min_width": 400, "max_width": 1800, "max_drop": 2200}),
    ("Silk Touch Blackout", "E", "Cream Mocha Plum Harbour", {"min_width": 400, "max_width": 2400, "max_drop": 2600}),
]
EXTRAS = [
    sides(),
    group(
        "g_roll",
        "Roll",
        "one",
        [extra("e_standard", "Standard", default=True), extra("e_reverse", "Reverse")],
        required=True,
    ),
    group(
        "g_cassette",
        "Cassette",
        "one",
        [
            extra("e_open", "Open cassette", from_table("t_roller_cassette")),
            extra("e_closed", "Closed cassette", percent(3500)),
        ],
    ),
    group(
        "g_motor",
        "Motor",
        "one",
        [
            extra("e_battery", "Battery motor", fixed(12900)),
            extra("e_mains", "Mains motor", fixed(14900)),
        ],
    ),
    group(
        "g_remote",
        "Remote controls",
        "quantity",
        [
            extra("e_remote1", "1 channel remote", fixed(2900), per="line", max_quantity=4),
            extra("e_remote5", "5 channel remote", fixed(4500), per="line", max_quantity=4),
        ],
    ),
    group(
        "g_hem",
        "Bottom bar",
        "one",
        [
            extra("e_plain", "Fabric wrapped", default=True),
            extra("e_scallop", "Scalloped edge", percent(1000)),
            extra("e_chrome", "Chrome bar", {"method": "metre", "per_m": 1150, "along": "width", "minimum_price": 900}),
        ],
    ),
]
RULES: list[Json] = [
    rule(
        "r_cassette_width",
        [when("width", "gt", 2400)],
        [do("forbid", "g_cassette")],
        "The cassette is made up to 2400 mm.",
    ),
    rule("r_motor_remote", [chosen("g_motor")], [do("require", "g_remote")], "A motor needs a remote control."),
    rule("r_motor_width", [when("width", "lt", 650)], [do("forbid", "g_motor")], "The motor needs a width of 650 mm."),
    rule("r_motor_side", [chosen("g_motor")], [do("show", "g_remote")], "Remotes go with motors."),
    rule(
        "r_scallop",
        [when("drop", "gt", 2400)],
        [do("forbid", "g_hem", "e_scallop")],
        "Scallops are cut on drops up to 2400 mm.",
    ),
]
PRODUCT: Json = {
    "id": "p_roller",
    "name": "Roller blind",
    "family": "roller",
    "tax": "standard",
    "method": "grid",
    "adjust": {"recess_width": -10},
    "bands": bands("roller", "ABCDE"),
    "limits": {"min_width": 300, "max_width": 3000, "max_drop": 3000, "severity": "error"},
    "extras": EXTRAS,
    "rules": RULES,
    "cost": {"basis": "sell", "supplier_discount_bp": 5500},
    "rounding": {"kind": "to_95"},
    "fitting": {"kind": "each", "amount": 1500},
}


def make() -> Made:
    """The product with its tables and pictures."""
    found, pictures = ranges("roller", "linen", RANGES)
    found["Meadow Print"]["Raspberry"]["discontinued"] = True
    tables = [
        grid(f"t_roller_{band}", f"Roller band {band.upper()}", WIDTHS, DROPS, start, slope)
        for band, start, slope in (
            ("a", 3900, 2100),
            ("b", 4700, 2600),
            ("c", 5600, 3200),
            ("d", 7100, 3900),
            ("e", 8300, 4600),
        )
    ]
    steps = range(600, 2401, 200)
    tables.append(by_width("t_roller_cassette", "Open cassette", {width: 2400 + width * 2 for width in steps}))
    return PRODUCT | {"ranges": found}, tables, pictures
