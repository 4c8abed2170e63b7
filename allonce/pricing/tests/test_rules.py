"""Rules between choices and on sizes, and what the check says of bad ones."""

from typing import Any

import pytest

from allonce.pricing import apply_rules, check_catalogue, check_message, price_line
from allonce.pricing.check.words import CHECK_WORDS
from allonce.pricing.tests.test_prices import DATE, GRID, PIECE, codes, item, shop

FREE = {"method": "none"}


def group(name: str, *extras: str, **more: Any) -> dict[str, Any]:
    """A free choice of one."""
    listed = [{"id": f"e_{extra}", "name": extra.title(), "pricing": FREE} for extra in extras]
    return {"id": f"g_{name}", "name": name.title(), "choose": "one", "extras": listed, **more}


def rule(name: str, when: list[Any], *then: tuple[str, ...]) -> dict[str, Any]:
    """A rule whose effects are (do, group) or (do, group, extra)."""
    effects = [dict(zip(("do", "group", "extra"), effect, strict=False)) for effect in then]
    return {"id": f"r_{name}", "when": when, "then": effects, "message": f"Because {name}."}


def chosen(group_id: str, *extra: str, op: str = "chosen") -> dict[str, Any]:
    """A condition on a choice."""
    return {"field": "choice", "op": op, "group": group_id, **({"extra": extra[0]} if extra else {})}


NARROW = {"field": "width", "op": "lt", "value": 600}
GROUPS = [group("motor", "battery", "mains"), group("remote", "one", "five"), group("chain", "steel", "brass")]


def ruled(*rules: Any, groups: Any = None) -> Any:
    """A product of three groups with these rules."""
    return shop({"extras": groups or GROUPS, "rules": list(rules)}, GRID)


def choose(**choices: str) -> dict[str, Any]:
    """Choices of one extra a group."""
    return {"choices": {f"g_{name}": {f"e_{extra}": 1} for name, extra in choices.items()}}


def priced(catalogue: Any, width: int, **choices: str) -> Any:
    """The line of such a choice."""
    return price_line(catalogue, item(width, 500, **choose(**choices)), DATE)


def test_forbid_names_the_shops_reason() -> None:
    line = priced(ruled(rule("narrow", [NARROW], ("forbid", "g_motor"))), 500, motor="mains")
    assert codes(line) == ["choice_forbidden"]
    assert line["problems"][0]["params"]["reasons"] == ["Because narrow."]
    assert priced(ruled(rule("narrow", [NARROW], ("forbid", "g_motor"))), 600, motor="mains")["ok"]


def test_show_hides_until_it_holds_and_what_is_hidden_is_not_priced() -> None:
    catalogue = ruled(rule("remote", [chosen("g_motor")], ("show", "g_remote")))
    line = priced(catalogue, 700, remote="one")
    assert line["ok"]
    assert (codes(line), line["choices"]) == (["choice_hidden"], {})
    assert priced(catalogue, 700, motor="mains", remote="one")["choices"] == {
        "g_motor": {"e_mains": 1},
        "g_remote": {"e_one": 1},
    }


def test_allow_forbids_everything_until_it_holds() -> None:
    catalogue = ruled(rule("wide", [{"field": "width", "op": "ge", "value": 900}], ("allow", "g_motor", "e_mains")))
    assert codes(priced(catalogue, 899, motor="mains")) == ["choice_forbidden"]
    assert priced(catalogue, 900, motor="mains")["ok"]
    assert priced(catalogue, 899, motor="battery")["ok"]


def test_require_and_default_follow_choices() -> None:
    needed = ruled(rule("remote", [chosen("g_motor")], ("require", "g_remote")))
    assert codes(priced(needed, 700, motor="mains")) == ["choice_required"]
    given = ruled(rule("remote", [chosen("g_motor", "e_mains")], ("default", "g_remote", "e_five")))
    assert priced(given, 700, motor="mains")["choices"]["g_remote"] == {"e_five": 1}
    refused = price_line(given, item(700, 500, choices={"g_motor": {"e_mains": 1}, "g_remote": {}}), DATE)
    assert refused["choices"]["g_remote"] == {}


def test_an_item_can_be_forbidden_as_a_whole() -> None:
    catalogue = ruled(rule("narrow", [NARROW], ("forbid", "")))
    assert codes(priced(catalogue, 500)) == ["item_forbidden"]


def test_circular_rules_end_in_a_problem_when_priced_and_when_checked() -> None:
    catalogue = ruled(rule("odd", [chosen("g_motor", op="not_chosen")], ("default", "g_motor", "e_mains")))
    assert "rules_unsettled" in codes(priced(catalogue, 700))
    assert "rules_circular" in [problem["code"] for problem in check_catalogue(catalogue)]


def test_unfinished_items_show_what_may_be_chosen_and_why() -> None:
    catalogue = ruled(
        rule("narrow", [NARROW], ("forbid", "g_motor")), rule("show", [chosen("g_motor")], ("show", "g_chain"))
    )
    unfinished: Any = {"id": "i", "product": "p_one", "choices": {}}
    state = apply_rules(catalogue, unfinished)
    assert state["groups"]["g_motor"]["allowed"]
    assert not state["groups"]["g_chain"]["shown"]
    unfinished["width"] = 500
    narrow = apply_rules(catalogue, unfinished)
    assert (narrow["groups"]["g_motor"]["allowed"], narrow["groups"]["g_motor"]["reasons"]) == (
        False,
        ["Because narrow."],
    )


TWICE = [rule("one", [NARROW], ("require", "g_motor")), rule("two", [NARROW], ("forbid", "g_motor"))]
LATER = [rule("one", [NARROW], ("require", "g_motor")), rule("two", [chosen("g_chain")], ("forbid", "g_motor"))]
WIDE = {"field": "width", "op": "gt", "value": 900}


@pytest.mark.parametrize(
    ("rules", "code", "severity"),
    [
        (
            [rule("x", [NARROW], ("require", "g_motor", "e_mains"), ("forbid", "g_motor"))],
            "rule_contradicts_itself",
            "error",
        ),
        (TWICE, "rules_contradict", "error"),
        (LATER, "rules_may_contradict", "warning"),
        ([rule("x", [NARROW, WIDE], ("forbid", "g_motor"))], "rule_never_holds", "warning"),
        ([rule("x", [chosen("g_gone")], ("forbid", "g_motor"))], "rule_names_unknown", "error"),
        ([rule("x", [], ("forbid", "g_motor", "e_gone"))], "rule_names_unknown", "error"),
        ([rule("x", [], ("default", "g_motor"))], "default_without_extra", "error"),
        ([rule("x", [{"field": "width", "op": "in", "value": [1]}], ("forbid", "g_motor"))], "condition_op", "error"),
        (
            [rule("x", [{"field": "width", "op": "lt", "value": "wide"}], ("forbid", "g_motor"))],
            "condition_value",
            "error",
        ),
        ([rule("x", [], ("forbid", "g_motor"))], "extra_unreachable", "warning"),
        ([rule("x", [NARROW, WIDE], ("show", "g_motor"))], "extra_unreachable", "warning"),
        (
            [rule("x", [chosen("g_motor")], ("show", "g_chain")), rule("y", [chosen("g_chain")], ("show", "g_motor"))],
            "rules_circular",
            "error",
        ),
    ],
)
def test_bad_rules_are_found_before_publishing(rules: Any, code: str, severity: str) -> None:
    found = {problem["code"]: problem for problem in check_catalogue(ruled(*rules))}
    assert found[code]["severity"] == severity
    assert "{" not in check_message(found[code], str)


def test_rules_that_never_meet_do_not_contradict() -> None:
    rules = [rule("one", [NARROW], ("require", "g_motor")), rule("two", [WIDE], ("forbid", "g_motor"))]
    assert check_catalogue(ruled(*rules)) == []


def broken(**changes: Any) -> Any:
    """A sound catalogue with its one product changed."""
    catalogue = shop({}, PIECE)
    catalogue["products"]["p_one"] |= changes
    return catalogue


CROSSED = {"Cedar": {"Teak": {"band": "b_a", "min_width": 900, "max_width": 300}}}


@pytest.mark.parametrize(
    ("catalogue", "code"),
    [
        (broken(bands=[]), "bands_missing"),
        (broken(bands=[{"id": "b_a", "name": "A", "table": "t_gone"}]), "table_missing"),
        (broken(method="grid"), "table_kind"),
        (broken(tax="gone"), "tax_unknown"),
        (broken(ranges={"Cedar": {"Teak": {"band": "b_gone"}}}), "band_missing"),
        (broken(ranges=CROSSED), "limits_crossed"),
        (broken(limits={"min_drop": 0}), "size_not_positive"),
        (broken(cost={"basis": "cost", "markup": {"kind": "margin", "bp": 10_000}}), "margin_too_large"),
        (broken(rounding={"kind": "up_to"}), "step_missing"),
        (broken(name=7), "shape_text"),
        (broken(extras=[group("empty")]), "group_empty"),
        (broken(extras=[group("a", "x", "x")]), "id_twice"),
        (shop({}, {**GRID, "widths": [2000, 1000]}), "edges_not_ascending"),
        (shop({}, {**GRID, "widths": [0, 1000]}), "size_not_positive"),
        (shop({}, {**GRID, "rows": [[1, 2]]}), "rows_do_not_fit"),
        (shop({}, {**GRID, "rows": [[5, 4], [6, 7]]}), "prices_fall"),
        (shop({}, {**GRID, "rows": [None, None]}), "table_empty"),
        (shop({}, {**PIECE, "each": -1}), "negative"),
        (shop({}, {**PIECE, "each": 10**10}), "shape_too_large"),
        (shop({}, {**PIECE, "each": 1.5}), "shape_whole"),
        (shop({}, {**PIECE, "kind": "sphere"}), "shape_choice"),
        (None, "shape_object"),
    ],
)
def test_bad_catalogues_are_found_before_publishing(catalogue: Any, code: str) -> None:
    problems = check_catalogue(catalogue)
    assert code in [problem["code"] for problem in problems]
    for problem in problems:
        assert problem["code"] in CHECK_WORDS
        assert "{" not in check_message(problem, str)
