"""The translated engine, and the processes that run it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from allonce.pricing.tests.homes import HERE, ORACLE, Home, process
from allonce.pricing.translate import translate
from allonce.pricing.translate.plain import plain_python


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine translated afresh."""
    out = tmp_path_factory.mktemp("engine") / "pricing.mjs"
    out.write_text(translate(), "utf-8")
    return out


@pytest.fixture(scope="session")
def node(script: Path) -> Iterator[Home]:
    """The translation under Node."""
    with process(HERE / "engines" / "node.mjs", script) as home:
        yield home


@pytest.fixture(scope="session")
def micropython(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The same source under MicroPython; in CI it must be there."""
    installed = ORACLE.parents[1] / "node_modules" / "@micropython" / "micropython-webassembly-pyscript"
    if not installed.exists() and "CI" not in os.environ:
        pytest.skip("MicroPython is not installed: npm ci in clients/")
    source = tmp_path_factory.mktemp("engine") / "pricing.py"
    source.write_text(plain_python(), "utf-8")
    with process(ORACLE, source) as home:
        yield home
