"""Whatever is priced: pennies add up, steps explain them, and nothing raises."""

import ast
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from allonce.pricing import check_catalogue, price_line, price_quote
from allonce.pricing.engine.arithmetic import divide_half_up, share, split_by_weight
from allonce.pricing.tests.strategies import DATE, catalogues, items, quotes
from allonce.pricing.words import PROBLEM_WORDS, STEP_WORDS, problem_message, show_plain, step_label

ENGINE = Path(__file__).parents[1] / "engine"


@st.composite
def priced_quotes(draw: st.DrawFn) -> tuple[Any, Any, Any]:
    """A catalogue, a quote, and its result."""
    catalogue = draw(catalogues())
    quote = draw(quotes(catalogue))
    return catalogue, quote, price_quote(catalogue, quote)


@given(priced_quotes())
def test_lines_and_charges_sum_to_the_totals(case: Any) -> None:
    _, _, result = case
    entries = [*result["lines"], *result["charges"]]
    for name in ("net", "tax", "total"):
        assert sum(entry[name] for entry in entries) == result[name]
        assert sum(rate[name] for rate in result["taxes"]) == result[name]
    assert result["net"] + result["tax"] == result["total"]
    assert sum(line["quote_discount"] for line in result["lines"]) == result["quote_discount"]
    assert result["deposit"] + result["balance"] == result["total"]


@given(priced_quotes())
def test_tax_of_each_rate_is_its_own_rounding_of_the_sum(case: Any) -> None:
    catalogue, _, result = case
    rule = catalogue["settings"].get("tax_rounding", {"level": "rate", "mode": "half_up"})
    for rate in result["taxes"] if rule["level"] == "rate" else []:
        amount = rate["total"] if result["prices_include_tax"] else rate["net"]
        whole = 10_000 + rate["bp"] if result["prices_include_tax"] else 10_000
        exact = amount * rate["bp"]
        half_up = (2 * exact + whole) // (2 * whole)
        assert rate["tax"] == (exact // whole if rule["mode"] == "down" else half_up)


@given(priced_quotes())
def test_steps_of_every_line_add_up_to_its_total(case: Any) -> None:
    _, _, result = case
    for line in result["lines"]:
        assert sum(step["amount"] for step in line["steps"]) == line["total"]
    assert sum(step["amount"] for step in result["steps"]) == result["total"]


@given(priced_quotes())
def test_no_money_is_negative_and_none_stands_in_a_refused_line(case: Any) -> None:
    _, _, result = case
    for line in result["lines"]:
        money = [line[name] for name in ("unit", "goods", "discount", "fitting", "amount", "net", "tax", "total")]
        assert min(money) >= 0
        assert line["ok"] or max(money) == 0


@given(priced_quotes())
def test_without_steps_all_else_is_the_same(case: Any) -> None:
    catalogue, quote, result = case
    brief = price_quote(catalogue, quote, explain=False)
    for line in result["lines"]:
        line["steps"] = []
    assert brief == {**result, "steps": []}


@given(priced_quotes())
def test_every_step_and_problem_has_a_sentence_without_gaps(case: Any) -> None:
    _, _, result = case
    steps = [step for line in result["lines"] for step in line["steps"]] + result["steps"]
    texts = [step_label(step, str, show_plain) for step in steps]
    texts += [problem_message(problem, str, show_plain) for problem in result["problems"]]
    for text in texts:
        assert " " in text or text in STEP_WORDS.values()
        assert "{" not in text


def codes_in(tree: ast.Module) -> set[str]:
    """Every code that a module of the engine can note."""
    place = {"add_step": 1, "add_error": 1, "add_warning": 1, "refused": 0, "add_charge": 1}
    codes: set[str] = set()
    for node in ast.walk(tree):
        code: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in place:
            code = node.args[place[node.func.id]]
        if isinstance(node, ast.Dict):
            fields = zip(node.keys, node.values, strict=True)
            code = next((value for key, value in fields if isinstance(key, ast.Constant) and key.value == "code"), None)
        if isinstance(code, ast.Constant):
            codes.add(str(code.value))
    return codes


def test_every_code_of_the_engine_has_a_sentence() -> None:
    codes = set().union(*(codes_in(ast.parse(file.read_text("utf-8"))) for file in ENGINE.glob("*.py")))
    known = {key.split()[0] for key in (*STEP_WORDS, *PROBLEM_WORDS)}
    assert len(codes) > 50
    assert codes - {"fitting"} <= known


@given(catalogues())
def test_the_check_accepts_the_shape_of_every_random_catalogue(catalogue: Any) -> None:
    assert not [problem for problem in check_catalogue(catalogue) if problem["code"].startswith("shape")]


@given(st.data())
def test_a_wider_blind_is_never_cheaper_in_a_rising_table(data: st.DataObject) -> None:
    catalogue = data.draw(catalogues())
    item = data.draw(items(catalogue))
    table = {"id": "t_rise", "kind": "width", "widths": [500, 1000, 4200], "drops": [0], "rows": [[10, 20, 30]]}
    catalogue["tables"]["t_rise"] = table
    product = {"id": "p_rise", "name": "Rise", "family": "other", "method": "width", "tax": "zero"}
    bands = [{"id": "b_a", "name": "A", "table": "t_rise"}]
    catalogue["products"]["p_rise"] = {**product, "bands": bands, "ranges": {}, "extras": [], "rules": []}
    width = data.draw(st.integers(1, 4100))
    one: Any = {**item, "product": "p_rise", "width": width, "choices": {}}
    wider: Any = {**one, "width": width + 100}
    first, second = price_line(catalogue, one, DATE), price_line(catalogue, wider, DATE)
    assert first["total"] <= second["total"]


@given(st.integers(0, 2**40), st.lists(st.integers(0, 2**45), max_size=12))
def test_shares_sum_to_what_was_shared(amount: int, weights: list[int]) -> None:
    shares = split_by_weight(amount, weights)
    assert sum(shares) == (amount if sum(weights) else 0)
    assert all(part >= 0 for part in shares)


@given(st.integers(-(10**9), 10**9), st.integers(-20_000, 20_000), st.integers(1, 30_000))
def test_a_share_is_the_exact_product_rounded_half_up(amount: int, part: int, whole: int) -> None:
    assert share(amount, part, whole) == divide_half_up(amount * part, whole)
