"""Prices that people worked out by hand, and sizes that no window has."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from allonce.pricing import check_catalogue, price_line, price_quote
from allonce.pricing.words import problem_message, show_plain, step_label

DATE = "2026-11-21"
DOCUMENT = Path(__file__).parents[3] / "docs" / "catalogue-format.md"


def shop(product: dict[str, Any], *tables: dict[str, Any], include: bool = True, **settings: Any) -> Any:
    """A catalogue of one product, the first table its only band."""
    head = {"id": "p_one", "name": "One", "family": "other", "tax": "standard", "ranges": {}, "extras": [], "rules": []}
    bands = [{"id": "b_a", "name": "A", "table": tables[0]["id"]}]
    return {
        "format": 1,
        "currency": "GBP",
        "settings": {"prices_include_tax": include, **settings},
        "tax_rates": {"standard": [{"from": "2010-01-01", "bp": 1750}, {"from": "2011-01-04", "bp": 2000}]},
        "products": {"p_one": {**head, "method": tables[0]["kind"], "bands": bands, **product}},
        "tables": {table["id"]: table for table in tables},
    }


def item(width: Any = 0, drop: Any = 0, **more: Any) -> Any:
    """One piece of the one product."""
    base = {"id": "i1", "product": "p_one", "range": "", "colour": "", "quantity": 1, "choices": {}}
    return {**base, "width": width, "drop": drop, **more}


def extra(pricing: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A group with one extra in it."""
    only = {"id": "e_one", "name": "Extra", "pricing": pricing, **more}
    return {"id": "g_one", "name": "Group", "choose": "quantity", "extras": [only]}


GRID = {
    "id": "t_a",
    "kind": "grid",
    "widths": [1000, 2000],
    "drops": [1000, 2000],
    "rows": [[1000, 2000], [3000, None]],
}
WIDER = {**GRID, "widths": [1000, 2000, 2020], "drops": [1000, 2000, 2020], "rows": [[1, 2, 3], [4, 5, 6], [7, 8, 9]]}
PIECE = {"id": "t_a", "kind": "piece", "each": 10_000}
CHOSEN = {"choices": {"g_one": {"e_one": 1}}}


def total(catalogue: Any, one: Any) -> int:
    """The price of one item, which must have one."""
    line = price_line(catalogue, one, DATE)
    assert line["problems"] == []
    return line["total"]


def codes(line: Any) -> list[str]:
    """What is wrong."""
    return [problem["code"] for problem in line["problems"]]


def test_the_documents_worked_example() -> None:
    text = DOCUMENT.read_text("utf-8")
    match = re.search(r"```json\n(.*?)```", text, re.S)
    assert match
    catalogue = json.loads(match.group(1))
    found = re.search(r"^Item `(\{.*\})`:", text, re.M)
    assert found
    line = price_line(catalogue, json.loads(found.group(1)), DATE)
    assert (line["unit"], line["goods"], line["discount"], line["fitting"]) == (7295, 14590, 1459, 3000)
    assert (line["total"], line["tax"], line["table_width"], line["table_drop"]) == (16131, 2689, 1200, 2000)
    assert check_catalogue(catalogue) == []


@pytest.mark.parametrize(
    ("width", "drop", "price"), [(1, 1, 1000), (1000, 1000, 1000), (1001, 1000, 2000), (999, 1001, 3000)]
)
def test_grid_takes_the_next_size_up(width: int, drop: int, price: int) -> None:
    assert total(shop({}, GRID), item(width, drop)) == price


def test_beyond_the_table_is_not_offered_and_an_empty_cell_is_on_application() -> None:
    assert codes(price_line(shop({}, GRID), item(2001, 500), DATE)) == ["table_too_wide"]
    assert codes(price_line(shop({}, GRID), item(500, 2001), DATE)) == ["table_too_long"]
    refused = price_line(shop({}, GRID), item(2000, 2000), DATE)
    assert codes(refused) == ["on_application"]
    assert not refused["ok"]
    assert (refused["total"], refused["amount"], refused["steps"]) == (0, 0, [])


def test_a_frame_of_20_mm_prices_2000_as_2020() -> None:
    frame = extra({"method": "none"}, size_add={"width": 20, "drop": 20})
    line = price_line(shop({"extras": [frame]}, WIDER), item(2000, 2000, **CHOSEN), DATE)
    assert (line["priced_width"], line["priced_drop"], line["total"]) == (2020, 2020, 9)
    product = shop({"adjust": {"width": 20, "drop": 20}}, WIDER)
    assert total(product, item(2000, 2000)) == 9


def test_recess_deduction_applies_to_recess_only() -> None:
    catalogue = shop({"adjust": {"recess_width": -10}}, GRID)
    assert total(catalogue, item(1005, 1000, mount="recess")) == 1000
    assert total(catalogue, item(1005, 1000, mount="exact")) == 2000


def test_one_metre_by_1800_at_40_a_square_metre_is_72() -> None:
    area = {"id": "t_a", "kind": "area", "per_m2": 4000, "min_width": 1000, "min_drop": 1800}
    assert total(shop({}, area), item(600, 900)) == 7200
    assert total(shop({}, {**area, "minimum_price": 8000}), item(600, 900)) == 8000


def test_ten_pounds_a_square_foot_is_107_64_a_square_metre() -> None:
    area = {"id": "t_a", "kind": "area", "per_m2": 10764}
    assert total(shop({}, area), item(1000, 1000)) == 10764


def test_flooring_adds_waste_and_buys_whole_packs() -> None:
    area = {"id": "t_a", "kind": "area", "per_m2": 1000, "waste_bp": 1000, "pack_mm2": 2_000_000}
    assert total(shop({}, area), item(2000, 2000)) == 6000  # 4 m2 + 10 % = 4.4, three packs of 2


@pytest.mark.parametrize(("along", "price"), [("width", 1500), ("drop", 2500), ("perimeter", 8000)])
def test_metre_is_measured_along_what_the_table_says(along: str, price: int) -> None:
    assert total(shop({}, {"id": "t_a", "kind": "metre", "per_m": 1000, "along": along}), item(1500, 2500)) == price


def test_curtain_counts_widths_and_matches_the_repeat() -> None:
    table = {
        "id": "t_a",
        "kind": "widths_drop",
        "widths": [1, 2, 3, 4],
        "drops": [1500, 2500],
        "rows": [[1, 2, 3, 4], [5, 6, 7, 8]],
    }
    curtain = {"fabric_width": 1400, "fullness_bp": 20_000, "side_allowance": 50, "hem_allowance": 300, "panels": 2}
    rows = {"Linen": {"Plain": {"band": "b_a", "repeat": 640}}}
    catalogue = shop({"curtain": curtain, "ranges": rows}, table)
    line = price_line(catalogue, item(1800, 2100, range="Linen", colour="Plain"), DATE)
    assert line["making"] == {"widths": 3, "cut_drop": 2560, "fabric_length": 7680, "panels": 2}  # 3800 / 1400
    assert line["total"] == 7
    curtain["whole_each"] = True
    pair = price_line(catalogue, item(1800, 2100, range="Linen", colour="Plain"), DATE)
    assert pair["making"] == {"widths": 4, "cut_drop": 2560, "fabric_length": 10240, "panels": 2}


@pytest.mark.parametrize(
    ("pricing", "price"),
    [
        ({"method": "none"}, 10_000),
        ({"method": "fixed", "amount": 250}, 10_500),
        ({"method": "percent", "bp": 1000, "base": "table"}, 12_000),
        ({"method": "area", "per_m2": 100, "min_width": 3000}, 10_600),
        ({"method": "metre", "per_m": 200, "along": "perimeter"}, 11_200),
        ({"method": "table", "table": "t_width"}, 10_014),
    ],
)
def test_two_of_an_extra_by_each_method(pricing: dict[str, Any], price: int) -> None:
    by_width = {"id": "t_width", "kind": "width", "widths": [1000, 2000], "drops": [0], "rows": [[7, 9]]}
    catalogue = shop({"extras": [extra(pricing)]}, PIECE, by_width)
    assert total(catalogue, item(500, 1000, choices={"g_one": {"e_one": 2}})) == price


def test_percentages_take_their_named_base_and_never_each_other() -> None:
    group = {
        "id": "g_one",
        "name": "Group",
        "choose": "many",
        "extras": [
            {"id": "e_table", "name": "T", "pricing": {"method": "percent", "bp": 1000, "base": "table"}},
            {"id": "e_goods", "name": "G", "pricing": {"method": "percent", "bp": 1000, "base": "goods"}},
            {"id": "e_fixed", "name": "F", "pricing": {"method": "fixed", "amount": 5000}},
        ],
    }
    chosen = {"g_one": {"e_table": 1, "e_goods": 1, "e_fixed": 1}}
    assert total(shop({"extras": [group]}, PIECE), item(choices=chosen)) == 10_000 + 5000 + 1000 + 1500


def test_an_extra_per_line_counts_once() -> None:
    remote = extra({"method": "fixed", "amount": 3000}, per="line")
    assert total(shop({"extras": [remote]}, PIECE), item(quantity=4, **CHOSEN)) == 43_000


@pytest.mark.parametrize(
    ("cost", "price", "supplier"),
    [
        ({"basis": "sell", "supplier_discount_bp": 4000}, 10_000, 6000),
        ({"basis": "cost", "supplier_discount_bp": 4000, "markup": {"kind": "markup", "bp": 5000}}, 10_800, 6000),
        ({"basis": "cost", "supplier_discount_bp": 4000, "markup": {"kind": "margin", "bp": 4000}}, 12_000, 6000),
        ({"basis": "cost", "supplier_discount_bp": 4000, "includes_tax": True}, 6000, 6000),
    ],
)
def test_markup_and_margin_on_the_suppliers_cost(cost: dict[str, Any], price: int, supplier: int) -> None:
    line = price_line(shop({"cost": cost}, PIECE), item(), DATE)
    assert (line["total"], line["cost"]) == (price, supplier)


@pytest.mark.parametrize(
    ("rounding", "price"),
    [
        ({"kind": "none"}, 10_049),
        ({"kind": "whole"}, 10_000),
        ({"kind": "up_whole"}, 10_100),
        ({"kind": "to_95"}, 10_095),
        ({"kind": "to_99"}, 10_099),
        ({"kind": "up_to", "step": 500}, 10_500),
        ({"kind": "nearest", "step": 5}, 10_050),
    ],
)
def test_named_roundings(rounding: dict[str, Any], price: int) -> None:
    assert total(shop({"rounding": rounding}, {**PIECE, "each": 10_049}), item()) == price


def test_prices_without_tax_have_it_added_at_the_rate_of_the_day() -> None:
    catalogue = shop({}, PIECE, include=False)
    assert price_line(catalogue, item(), "2010-12-31")["total"] == 11_750
    assert price_line(catalogue, item(), "2011-01-04")["total"] == 12_000
    assert codes(price_line(catalogue, item(), "2009-12-31")) == ["tax_rate_missing"]


def test_range_limits_warn_and_product_limits_refuse() -> None:
    rows = {"Cedar": {"Teak": {"band": "b_a", "max_width": 900, "discontinued": True}}}
    line = price_line(shop({"ranges": rows}, GRID), item(950, 500, range="Cedar", colour="Teak"), DATE)
    assert line["ok"]
    assert codes(line) == ["too_large", "discontinued"]
    assert codes(price_line(shop({"limits": {"min_drop": 600}}, GRID), item(950, 500), DATE)) == ["too_small"]
    warned = price_line(shop({"limits": {"min_drop": 600, "severity": "warning"}}, GRID), item(950, 500), DATE)
    assert warned["ok"]


@pytest.mark.parametrize(
    ("width", "code"),
    [
        (0, "size_missing"),
        (None, "size_missing"),
        (-5, "size_negative"),
        (50_001, "size_absurd"),
        (10**30, "size_not_whole"),
        ("600", "size_not_whole"),
        (600.5, "size_not_whole"),
        (True, "size_not_whole"),
    ],
)
def test_a_bad_size_is_a_clear_problem(width: Any, code: str) -> None:
    line = price_line(shop({}, GRID), item(width, 500), DATE)
    assert not line["ok"]
    assert (codes(line), line["problems"][0]["field"]) == ([code], "width")


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({}, "range_missing"),
        ({"range": "Cedar"}, "range_missing"),
        ({"range": "Cedar", "colour": "Ash"}, "range_unknown"),
        ({"range": "Pine"}, "range_unknown"),
    ],
)
def test_what_is_not_chosen_yet_is_asked_for_and_what_is_gone_is_named(chosen: dict[str, str], code: str) -> None:
    catalogue = shop({"ranges": {"Cedar": {"Teak": {"band": "b_a"}}}}, GRID)
    assert codes(price_line(catalogue, item(500, 500, **chosen), DATE)) == [code]


def test_a_missing_band_or_table_is_a_clear_problem() -> None:
    catalogue = shop({"ranges": {"Cedar": {"Teak": {"band": "b_gone"}}}}, GRID)
    assert codes(price_line(catalogue, item(500, 500, range="Cedar", colour="Teak"), DATE)) == ["band_missing"]
    without: Any = {**shop({}, GRID), "tables": {}}
    assert codes(price_line(without, item(500, 500), DATE)) == ["table_missing"]


def test_a_discount_above_the_users_limit_is_an_error() -> None:
    quote: Any = {"items": [item(discount_bp=1001)], "date": DATE, "max_discount_bp": 1000}
    assert "discount_over_limit" in codes(price_quote(shop({}, PIECE), quote))
    quote["items"] = [item(discount_bp=1000)]
    assert price_quote(shop({}, PIECE), quote)["ok"]
    quote["discount"] = {"kind": "amount", "amount": 500}
    assert "discount_over_limit" in codes(price_quote(shop({}, PIECE), quote))


def test_minimum_order_charges_the_difference_and_deposit_takes_its_share() -> None:
    minimum = {"amount": 15_000, "action": "charge"}
    deposit = {"kind": "percent", "bp": 5000}
    quote: Any = {"items": [item()], "date": DATE}
    result = price_quote(shop({}, PIECE, minimum_order=minimum, deposit=deposit), quote)
    assert (result["minimum_charge"], result["total"], result["deposit"], result["balance"]) == (
        5000,
        15_000,
        7500,
        7500,
    )
    minimum["action"] = "warn"
    warned = price_quote(shop({}, PIECE, minimum_order=minimum), quote)
    assert (codes(warned), warned["total"], warned["ok"]) == (["below_minimum_order"], 10_000, True)


def test_the_charge_up_to_the_minimum_order_says_from_what_up_to_what() -> None:
    minimum = {"amount": 15_000, "action": "charge"}
    quote: Any = {"items": [item()], "date": DATE, "discount": {"kind": "percent", "bp": 1000}}
    result = price_quote(shop({}, PIECE, minimum_order=minimum), quote)
    step = next(step for step in result["steps"] if step["code"] == "minimum_charge")
    said = step_label(step, str, show_plain)
    assert (said, step["amount"]) == ("Up to the minimum order of 150.00, from goods of 90.00", 6000)
    assert sum(step["amount"] for step in result["steps"]) == result["total"]


def test_a_shop_that_refuses_small_orders_gets_no_total_that_counts() -> None:
    minimum = {"amount": 15_000, "action": "refuse"}
    quote: Any = {"items": [item()], "date": DATE}
    small = price_quote(shop({}, PIECE, minimum_order=minimum), quote)
    assert (small["ok"], codes(small), small["minimum_charge"]) == (False, ["below_minimum_order"], 0)
    assert "Add goods" in problem_message(small["problems"][0], str, show_plain)
    quote["items"] = [item(quantity=2)]
    assert price_quote(shop({}, PIECE, minimum_order=minimum), quote)["ok"]


def test_amounts_beyond_two_to_the_53_raise() -> None:
    with pytest.raises(OverflowError):
        price_line(shop({}, {**PIECE, "each": 2**52}), item(quantity=3), DATE)
