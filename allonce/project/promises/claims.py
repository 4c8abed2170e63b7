"""Which tests claim which promise, read from the tests' own text without running them.

An installation may come without its tests; then the committed snapshot docs/promises/claims.json speaks.
"""

import ast
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from allonce.project.environment import HOME
from allonce.project.promises.register import FOLDER

SNAPSHOT = "claims.json"
Claims = dict[str, list[str]]
Definition = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def claims() -> Claims:
    """Promise to the tests that claim it ("folder/test_file.py::test_name"), read once a process.

    The committed snapshot speaks where the tests are not shipped, or one of them is being written.
    """
    with suppress(SyntaxError):
        if found := read_claims(HOME):
            return found
    return read_snapshot(FOLDER / SNAPSHOT)


def read_claims(root: Path) -> Claims:
    """What the test files below `root` claim; empty where no tests are shipped."""
    found: Claims = {}
    for path in _test_files(root):
        for promise, test in _claims_in(path):
            found.setdefault(promise, []).append(f"{path.relative_to(root).as_posix()}::{test}")
    return dict(sorted(found.items()))


def read_snapshot(path: Path) -> Claims:
    """What was written down when the tests were at hand."""
    return {key: list(value) for key, value in json.loads(path.read_text()).items()} if path.exists() else {}


def snapshot_text(found: Claims) -> str:
    """The snapshot as it is committed: in one order, so that differences are readable."""
    return json.dumps(found, indent=1, sort_keys=True) + "\n"


def _test_files(root: Path) -> Iterator[Path]:
    for folder in ("allonce", "tests"):
        for path in sorted((root / folder).rglob("test_*.py")):
            if "promise(" in path.read_text():
                yield path


def _claims_in(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text())
    everywhere = [promise for node in tree.body if _is_pytestmark(node) for promise in _marks(node)]
    yield from _claims_of(tree.body, everywhere, "")


def _claims_of(body: list[ast.stmt], inherited: list[str], before: str) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            own = [promise for mark in node.decorator_list for promise in _marks(mark)]
            yield from _claims_of(node.body, inherited + own, f"{before}{node.name}::")
        elif isinstance(node, Definition) and node.name.startswith("test"):
            own = [promise for mark in node.decorator_list for promise in _marks(mark)]
            for promise in dict.fromkeys(inherited + own):
                yield promise, f"{before}{node.name}"


def _is_pytestmark(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in targets)


def _marks(node: ast.AST) -> Iterator[str]:
    """Every `...mark.promise("ID")` below a node."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "promise":
            for argument in each.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
