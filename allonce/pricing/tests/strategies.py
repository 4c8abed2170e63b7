"""Random catalogues, items and quotes for property tests; reusable by every app that prices.

Everything drawn is JSON and obeys docs/catalogue-format.md, except what a person may type:
sizes, quantities, discounts and choices are sometimes absurd.
"""

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

DATE = "2026-11-21"
METHODS = ["grid", "width", "area", "metre", "piece", "widths_drop"]
PRICES = st.integers(0, 90_000)
SMALL_BP = st.sampled_from([0, 1, 333, 500, 1250, 2000, 3333, 5000])
SIZES = st.integers(1, 4000)
SMALL = st.integers(1, 500)
LARGE = st.integers(3000, 4500)
STRANGE: st.SearchStrategy[Any] = st.sampled_from(
    [0, -1, -600, 50_000, 50_001, 2**53, 2**60, None, "600", 12.5, True, []]
)


def mostly(usual: st.SearchStrategy[Any], strange: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Now and then something strange."""
    return st.integers(0, 11).flatmap(lambda dice: strange if dice == 7 else usual)


def fields(required: Json, optional: Json | None = None) -> st.SearchStrategy[Json]:
    """An object, its optional fields sometimes absent."""
    return st.fixed_dictionaries(required, optional=optional or {})


@st.composite
def edges(draw: st.DrawFn, largest: int = 4000) -> list[int]:
    """Ascending table edges."""
    inner = draw(st.sets(st.integers(1, largest), min_size=1, max_size=4))
    return sorted(inner | draw(mostly(st.just({largest}), st.just(set()))))


@st.composite
def cell_tables(draw: st.DrawFn, kind: str, prices: st.SearchStrategy[int]) -> Json:
    """A table of cells with some prices on application."""
    widths = draw(edges(60 if kind == "widths_drop" else 4000))
    drops = [0] if kind == "width" else draw(edges())
    cell = mostly(prices, st.none())
    row = mostly(st.lists(cell, min_size=len(widths), max_size=len(widths)), st.none())
    rows = draw(st.lists(row, min_size=len(drops), max_size=len(drops)))
    return {"kind": kind, "widths": widths, "drops": drops, "rows": rows}


def along(fabric: bool) -> st.SearchStrategy[str]:
    """What a price per metre is measured along."""
    return st.sampled_from(["width", "drop", "perimeter", *(["fabric"] if fabric else [])])


def tables(kind: str, prices: st.SearchStrategy[int], fabric: bool = False) -> st.SearchStrategy[Json]:
    """One table of a kind, without its id."""
    minimums = {"minimum_price": prices, "min_width": SIZES, "min_drop": SIZES}
    if kind == "area":
        waste = {"waste_bp": SMALL_BP, "pack_mm2": st.integers(1, 3_000_000)}
        return fields({"kind": st.just(kind), "per_m2": prices}, {**minimums, **waste})
    if kind == "metre":
        return fields({"kind": st.just(kind), "per_m": prices, "along": along(fabric)}, {"minimum_price": prices})
    if kind == "piece":
        return fields({"kind": st.just(kind), "each": prices})
    return cell_tables(kind, prices)


def pricings(prices: st.SearchStrategy[int]) -> st.SearchStrategy[Json]:
    """How an extra is priced."""
    minimums = {"minimum_price": prices, "min_width": SIZES, "min_drop": SIZES}
    base = st.sampled_from(["table", "goods"])
    return st.one_of(
        st.just({"method": "none"}),
        fields({"method": st.just("fixed"), "amount": st.one_of(prices, st.integers(-5000, -1))}),
        fields({"method": st.just("percent"), "bp": st.integers(-1500, 4000)}, {"base": base}),
        fields({"method": st.just("table"), "table": st.sampled_from(["t_extra_grid", "t_extra_width"])}),
        fields({"method": st.just("area"), "per_m2": prices}, minimums),
        fields({"method": st.just("metre"), "per_m": prices, "along": along(False)}, {"minimum_price": prices}),
    )


@st.composite
def groups(draw: st.DrawFn, number: int, prices: st.SearchStrategy[int]) -> Json:
    """One group of one to three extras."""
    size_add = fields({}, {"width": st.integers(-40, 60), "drop": st.integers(-40, 60)})
    optional: Json = {
        "default": st.booleans(),
        "size_add": size_add,
        "per": st.sampled_from(["piece", "line"]),
        "max_quantity": st.integers(1, 5),
        "fullness_bp": st.integers(10_000, 30_000),
    }
    extras = []
    for position in range(draw(st.integers(1, 3))):
        names = {"id": st.just(f"e_{number}_{position}"), "name": st.just(f"Extra {number}.{position}")}
        extras.append(draw(fields({**names, "pricing": pricings(prices)}, optional)))
    head = {"id": st.just(f"g_{number}"), "name": st.just(f"Group {number}"), "extras": st.just(extras)}
    choose = st.sampled_from(["one", "many", "quantity"])
    return draw(fields({**head, "choose": choose}, {"required": st.booleans()}))


def targets(product_groups: list[Json]) -> st.SearchStrategy[Json]:
    """A group, or an extra in it."""
    whole = [{"group": group["id"]} for group in product_groups]
    single = [{"group": group["id"], "extra": extra["id"]} for group in product_groups for extra in group["extras"]]
    return st.sampled_from(whole + single)


def conditions(product_groups: list[Json]) -> st.SearchStrategy[Json]:
    """Anything a rule may ask."""
    numbers = fields(
        {
            "field": st.sampled_from(["width", "drop", "area", "quantity"]),
            "op": st.sampled_from(["lt", "le", "gt", "ge", "eq", "ne"]),
            "value": st.one_of(SIZES, st.integers(1, 5), st.integers(10_000, 4_000_000)),
        }
    )
    texts = fields(
        {
            "field": st.sampled_from(["range", "colour", "band", "mount"]),
            "op": st.sampled_from(["eq", "ne"]),
            "value": st.sampled_from(["Cedar", "Teak", "b_0", "recess"]),
        }
    )
    lists = fields(
        {"field": st.just("colour"), "op": st.sampled_from(["in", "not_in"]), "value": st.just(["Teak", "Ink"])}
    )
    if not product_groups:
        return st.one_of(numbers, texts, lists)
    op = st.sampled_from(["chosen", "not_chosen"])
    choice = st.builds(lambda target, name: {"field": "choice", "op": name, **target}, targets(product_groups), op)
    return st.one_of(numbers, texts, lists, choice)


@st.composite
def rules(draw: st.DrawFn, number: int, product_groups: list[Json]) -> Json:
    """One rule over the given groups, or over the item itself."""
    when = draw(st.lists(conditions(product_groups), min_size=1, max_size=2))
    deeds = st.sampled_from(["show", "allow", "forbid", "require", "default"])
    effect = st.just({"do": "forbid", "group": ""})
    if product_groups:
        effect = st.builds(lambda target, deed: {"do": deed, **target}, targets(product_groups), deeds)
    then = draw(st.lists(effect, min_size=1, max_size=2))
    return {"id": f"r_{number}", "when": when, "then": then, "message": f"Reason {number}."}


def range_rows(bands: int) -> st.SearchStrategy[Json]:
    """A row of the range table."""
    limits: Json = {
        **dict.fromkeys(("min_width", "min_drop"), SMALL),
        **dict.fromkeys(("max_width", "max_drop"), LARGE),
    }
    optional: Json = {
        **limits,
        "max_area": st.integers(5_000_000, 20_000_000),
        "discontinued": st.just(True),
        "fabric_width": st.integers(900, 3000),
        "repeat": st.integers(0, 700),
    }
    return fields({"band": st.sampled_from([f"b_{number}" for number in range(bands)])}, optional)


def cost_rules() -> st.SearchStrategy[Json]:
    """How cost and selling price hang together."""
    markup = fields({"kind": st.sampled_from(["none", "markup", "margin"]), "bp": SMALL_BP})
    either = st.sampled_from(["sell", "cost"])
    optional = {"supplier_discount_bp": SMALL_BP, "markup": markup, "extras": either, "includes_tax": st.booleans()}
    return fields({"basis": either}, optional)


def product_options(prices: st.SearchStrategy[int]) -> Json:
    """What a product may have."""
    limits: Json = {
        **dict.fromkeys(("min_width", "min_drop"), SMALL),
        **dict.fromkeys(("max_width", "max_drop"), LARGE),
    }
    severity = st.sampled_from(["error", "warning"])
    roundings = ["none", "whole", "up_whole", "to_95", "to_99", "up_to", "nearest"]
    adjust: Json = {name: st.integers(-30, 60) for name in ("width", "drop", "recess_width", "recess_drop")}
    return {
        "limits": fields({}, {**limits, "max_area": st.integers(5_000_000, 20_000_000), "severity": severity}),
        "adjust": fields({}, adjust),
        "cost": cost_rules(),
        "rounding": fields({"kind": st.sampled_from(roundings)}, {"step": st.integers(1, 500)}),
        "minimum_price": prices,
        "fitting": fields({"kind": st.sampled_from(["none", "each", "line"]), "amount": prices}),
    }


def curtains() -> st.SearchStrategy[Json]:
    """How much fabric a curtain takes."""
    required: Json = {
        "fabric_width": st.integers(900, 3000),
        "fullness_bp": st.integers(10_000, 30_000),
        "side_allowance": st.integers(0, 150),
        "hem_allowance": st.integers(0, 400),
        "panels": st.sampled_from([1, 2]),
    }
    return fields(required, {"whole_each": st.booleans()})


@st.composite
def products(draw: st.DrawFn, number: int, prices: st.SearchStrategy[int]) -> tuple[Json, dict[str, Json]]:
    """A product and its tables."""
    method = draw(st.sampled_from(METHODS))
    bands, band_tables = [], {}
    for band in range(draw(st.integers(1, 2))):
        table_id = f"t_{number}_{band}"
        bands.append({"id": f"b_{band}", "name": f"Band {band}", "table": table_id})
        band_tables[table_id] = {"id": table_id, **draw(tables(method, prices, fabric=True))}
    head = {"id": f"p_{number}", "name": f"Product {number}", "family": "other", "method": method, "bands": bands}
    product_groups = [draw(groups(group, prices)) for group in range(draw(st.integers(0, 3)))]
    product_rules = [draw(rules(rule, product_groups)) for rule in range(draw(st.integers(0, 3)))]
    row = range_rows(len(bands))
    colours = st.dictionaries(st.sampled_from(["Teak", "Ink"]), row, min_size=1)
    ranges = draw(st.dictionaries(st.sampled_from(["Cedar", "Ash"]), colours, max_size=2))
    product: Json = {**head, "ranges": ranges, "extras": product_groups, "rules": product_rules}
    product["tax"] = draw(st.sampled_from(["standard", "standard", "reduced", "zero"]))
    if method in ("widths_drop", "metre"):
        product["curtain"] = draw(curtains())
    return {**product, **draw(fields({}, product_options(prices)))}, band_tables


def settings(prices: st.SearchStrategy[int]) -> st.SearchStrategy[Json]:
    """A shop's settings."""
    deposit = fields({"kind": st.sampled_from(["none", "percent", "amount"]), "bp": SMALL_BP, "amount": prices})
    rounding = fields({"level": st.sampled_from(["rate", "line"]), "mode": st.sampled_from(["half_up", "down"])})
    minimum = fields(
        {"amount": prices, "action": st.sampled_from(["warn", "charge", "refuse"])}, {"tax": st.just("zero")}
    )
    optional = {
        "tax_rounding": rounding,
        "deposit": deposit,
        "max_discount_bp": st.sampled_from([1000, 3000, 10_000]),
        "minimum_order": minimum,
        "fitting": fields({"amount": prices, "tax": st.sampled_from(["standard", "zero"])}),
    }
    return fields({"prices_include_tax": st.booleans()}, optional)


@st.composite
def catalogues(draw: st.DrawFn, prices: st.SearchStrategy[int] = PRICES) -> Any:
    """A whole catalogue of one to three products."""
    catalogue: Json = {
        "format": 1,
        "currency": "GBP",
        "settings": draw(settings(prices)),
        "tax_rates": {
            "standard": [{"from": "2010-01-01", "bp": 1750}, {"from": "2011-01-04", "bp": 2000}],
            "reduced": [{"from": "1997-09-01", "bp": 500}],
            "zero": [{"from": "1973-04-01", "bp": 0}],
        },
        "products": {},
        "tables": {},
    }
    for kind in ("grid", "width"):
        table_id = f"t_extra_{kind}"
        catalogue["tables"][table_id] = {"id": table_id, **draw(tables(kind, prices))}
    for number in range(draw(st.integers(1, 3))):
        product, product_tables = draw(products(number, prices))
        catalogue["products"][product["id"]] = product
        catalogue["tables"] |= product_tables
    return catalogue


@st.composite
def choices(draw: st.DrawFn, product: Json) -> Any:
    """What a person chose, and sometimes what no person could."""
    result: Json = {}
    for group in product["extras"]:
        if draw(st.booleans()):
            names = st.sampled_from([extra["id"] for extra in group["extras"]])
            most = 1 if group["choose"] == "one" else 3
            quantity = mostly(st.just(1) if group["choose"] != "quantity" else st.integers(1, 3), STRANGE)
            result[group["id"]] = draw(st.dictionaries(names, quantity, max_size=most))
    strange: st.SearchStrategy[Any] = st.sampled_from(
        [None, [], {"g_gone": {"e_gone": 1}}, {"g_0": []}, {"g_0": {"e_gone": 1}}]
    )
    return draw(mostly(st.just(result), strange))


@st.composite
def items(draw: st.DrawFn, catalogue: Json, number: int = 0) -> Any:
    """One item of the catalogue."""
    product_id = draw(mostly(st.sampled_from(sorted(catalogue["products"])), st.sampled_from(["p_gone", None, 7])))
    product = catalogue["products"].get(product_id, {"ranges": {}, "extras": []})
    ranges = product["ranges"]
    range_name = draw(mostly(st.sampled_from(sorted(ranges) or [""]), st.sampled_from(["", "Gone", None])))
    colours = sorted(ranges.get(range_name, {})) or [""]
    required: Json = {
        "id": st.just(f"i{number}"),
        "product": st.just(product_id),
        "range": st.just(range_name),
        "colour": mostly(st.sampled_from(colours), st.sampled_from(["Gone", 5])),
        "width": mostly(SIZES, STRANGE),
        "drop": mostly(SIZES, STRANGE),
        "quantity": mostly(st.integers(1, 6), STRANGE),
        "choices": choices(product),
    }
    optional: Json = {
        "mount": st.sampled_from(["recess", "exact"]),
        "panels": mostly(st.sampled_from([1, 2]), st.sampled_from([0, 3, "2"])),
        "discount_bp": mostly(SMALL_BP, STRANGE),
    }
    return draw(fields(required, optional))


@st.composite
def quotes(draw: st.DrawFn, catalogue: Json) -> Any:
    """A quote of up to five items."""
    quote_items = [draw(items(catalogue, number)) for number in range(draw(st.integers(0, 5)))]
    amount = mostly(st.integers(0, 60_000), STRANGE)
    percent = mostly(SMALL_BP, STRANGE)
    discount = st.one_of(
        st.none(),
        fields({"kind": st.just("percent"), "bp": percent}),
        fields({"kind": st.just("amount"), "amount": amount}),
    )
    deposit = st.one_of(discount, st.just({"kind": "none"}))
    required: Json = {"items": st.just(quote_items), "date": st.sampled_from([DATE, "2010-06-01", "1990-01-01"])}
    return draw(
        fields(
            required, {"discount": discount, "deposit": deposit, "max_discount_bp": st.sampled_from([0, 2500, 10_000])}
        )
    )
