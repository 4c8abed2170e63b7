"""The translator accepts the subset, refuses the rest by file and line, and keeps Python's meaning."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.pricing.tests.homes import HERE, Home, process
from allonce.pricing.translate import Refused, translate
from allonce.pricing.translate.knowledge import parse

ROOT = Path(__file__).parents[3]
HEAD = "def f(a: int, b: int, xs: list[int], d: dict[str, int], yes: bool) -> int:\n"


def body(*lines: str) -> str:
    """A module of one function; its first body line is line 2."""
    return HEAD + "".join(f"    {line}\n" for line in lines)


def translated(text: str) -> str:
    """The JavaScript of a module."""
    return translate([parse("allonce.pricing.engine.sample", text)], ["f"])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("return a * b", "multiply with times"),
        ("return a / b", "outside the subset"),
        ("return a ** b", "outside the subset"),
        ("return 1.5", "1.5"),
        ("return 9007199254740992", "outside the subset"),
        ("return f'{a}'", "JoinedStr"),
        ("return xs[1:]", "slices"),
        ("return xs[-1]", "negative positions"),
        ("return [a for a in xs for b in xs]", "one simple loop"),
        ("return {x for x in xs}", "SetComp"),
        ("return (a, b)", "Tuple"),
        ("return lambda: a", "Lambda"),
        ("return a if xs else b", "IfExp"),
        ("return d[a] == [1]", "not compared"),
        ("return 1 < a < b", "one comparison"),
        ("return a is b", "only with None"),
        ("return {a: 1}", "constant text"),
        ("return len(xs, xs)", "len with 2"),
        ("return int(a)", "int()"),
        ("return open(a)", "open()"),
        ("return xs.sort()", ".sort()"),
        ("return xs.append(a)", "stands alone"),
        ("return f(a=1)", "positional"),
        ("return f(*xs)", "positional"),
        ("return missing", "unknown name"),
        ("return d['__proto__']", "cannot be a field"),
        ("return 'a'.strip()", "strip"),
        ("a += 1", "AugAssign"),
        ("a, b = b, a", "Tuple"),
        ("f = 1", "hides"),
        ("default = 1", "JavaScript"),
        ("at = 1", "JavaScript"),
        ("del d['a']", "Delete"),
        ("raise ValueError", "Raise"),
        ("global a", "Global"),
        ("assert yes", "Assert"),
        ("import os", "Import"),
        ("with yes: pass", "With"),
    ],
)
def test_outside_the_subset_is_refused_with_file_and_line(line: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        translated(body("c = 1", line))
    assert str(refusal.value).startswith("allonce/pricing/engine/sample.py:3: ")
    assert reason in str(refusal.value)


@pytest.mark.parametrize(
    "test", ["xs", "d", "a", "d['size']", "len(xs)", "not xs", "yes and a", "a or yes", "f(a)", "1"]
)
def test_only_comparisons_and_bools_decide(test: str) -> None:
    for line in (f"if {test}:", f"while {test}:"):
        with pytest.raises(Refused, match=r"sample.py:2: only a comparison or a bool may decide"):
            translated(body(line, "    return 1", "return 2"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import os\n", "Import"),
        ("from os import path\n", "outside the subset|not translated"),
        ("class A:\n    pass\n", "ClassDef"),
        ("async def g() -> int:\n    return 1\n", "AsyncFunctionDef"),
        ("@staticmethod\ndef g() -> int:\n    return 1\n", "decorators"),
        ("def g(*a: int) -> int:\n    return 1\n", "plain arguments"),
        ("def g(a: int, *, b: int) -> int:\n    return 1\n", "plain arguments"),
        ("def checked(a: int) -> int:\n    return 1\n", "defined twice"),
        ("A = 1\nA = 2\n", "defined twice"),
        ("def g(new: int) -> int:\n    return 1\n", "JavaScript"),
        ("if True:\n    A = 1\n", "If at the top"),
        ("def g() -> int:\n    def h() -> int:\n        return 1\n    return h()\n", "FunctionDef"),
        ("def g() -> int:\n    for x in range(3):\n        y = x\n    return x\n", "unknown name x"),
        ("def g() -> int:\n    try:\n        return 1\n    finally:\n        return 2\n", "Try"),
        ("def g(xs: list[int]) -> int:\n    for x in xs:\n        x = 1\n    return 1\n", "in use outside"),
    ],
)
def test_modules_hold_functions_and_constants_only(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        translated(text)


SAMPLE = '''
from allonce.pricing.engine.primitives import times

NAMES = {"b": 2, "a": 1}


def f(a: int, b: int) -> list[int]:
    """Division, remainder, product, sums, loops and dictionaries."""
    result: list[int] = [a // b, a % b, times(a, b), a + b, a - b, -a, abs(a), max(a, b), min(a, b)]
    for name in sorted(NAMES):
        result.append(NAMES[name])
    for index in range(1, 4):
        if index == 2:
            continue
        result.insert(0, index)
    while len(result) > 12:
        result = [number for number in result if number != 3]
        break
    return result
'''
SAFE = st.integers(-(2**53) + 1, 2**53 - 1)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The sample under Node, and under CPython."""
    script = tmp_path_factory.mktemp("sample") / "sample.mjs"
    script.write_text(translated(SAMPLE), "utf-8")
    names: dict[str, Any] = {}
    exec(SAMPLE, names)
    with process(HERE / "engines" / "node.mjs", script) as home:
        yield home, names["f"]


@given(pairs=st.lists(st.tuples(SAFE, SAFE.filter(bool)), min_size=1, max_size=30))
def test_arithmetic_means_the_same(sample: tuple[Home, Any], pairs: list[tuple[int, int]]) -> None:
    home, function = sample
    for (a, b), answer in zip(pairs, home([["f", a, b] for a, b in pairs]), strict=True):
        if max(abs(a * b), abs(a + b), abs(a - b)) > 2**53 - 1:
            assert answer == {"error": "OverflowError"}
        else:
            assert answer == {"value": function(a, b)}


def test_the_engine_is_translated_with_names_docstrings_and_types(tmp_path: Path) -> None:
    out = tmp_path / "generated" / "pricing.js"
    command = [sys.executable, "-m", "allonce.pricing.translate", str(out)]
    subprocess.run(command, check=True, cwd=ROOT)
    script, types = out.read_text("utf-8"), out.with_suffix(".d.ts").read_text("utf-8")
    assert "function price_line(catalogue, item, date, explain = true) {" in script
    assert "/** The largest edge, 0 in a table without any. */" in script
    assert script.startswith("//# allFunctionsCalledOnLoad\n")
    exported = re.search(r"export \{ (.*) \};", script)
    assert exported
    for name in exported.group(1).split(", "):
        assert f"export function {name}(" in types
    assert "export interface Item {" in types
    assert '  mount?: "recess" | "exact";' in types


def test_a_refusal_ends_the_command_with_its_message(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "allonce.pricing.translate", str(tmp_path / "pricing.txt")]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "usage: python -m allonce.pricing.translate OUT.js\n")


def test_keys_of_the_prototype_are_no_choices(node: Home) -> None:
    catalogue = {"products": {}, "tables": {}, "tax_rates": {}, "settings": {}, "currency": "GBP", "format": 1}
    item = {"id": "i", "product": "__proto__", "range": "constructor", "colour": "toString"}
    answer = node([["price_line", json.loads(json.dumps(catalogue)), item, "2026-11-21"]])[0]
    assert [problem["code"] for problem in answer["value"]["problems"]] == ["product_unknown"]
