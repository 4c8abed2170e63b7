"""Small enough to read: a limit that is never raised for one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FUNCTION = 40
LONGEST_FILE = 350


def sources() -> Iterator[Path]:
    for folder in ("allonce", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path
    for path in (ROOT / "clients").rglob("*.ts*"):
        if not {"node_modules", "generated"} & set(path.parts) and path.suffix in {".ts", ".tsx"}:
            yield path


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {length}"


def test_no_function_is_longer_than_a_screen() -> None:
    assert not [long for path in sources() if path.suffix == ".py" for long in long_functions(path)]


def test_no_file_is_longer_than_its_limit() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()}
    assert not {path: length for path, length in lengths.items() if length > LONGEST_FILE}
