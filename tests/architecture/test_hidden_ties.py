"""Ties that no import linter sees: names of another product in strings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "allonce"
PRODUCTS = sorted(path.name for path in (ROOT / "products").iterdir() if (path / "apps.py").exists())


def strings_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_string_names_a_model_or_url_of_another_product(product: str) -> None:
    others = "|".join(other for other in PRODUCTS if other != product)
    tie = re.compile(rf"^(?:{others})[.:][A-Za-z_]+$")
    found = [
        (str(path.relative_to(ROOT)), text)
        for path in (ROOT / "products" / product).rglob("*.py")
        if "tests" not in path.parts
        for text in strings_of(path)
        if tie.match(text)
    ]
    assert not found


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_template_uses_another_products_urls_or_templates(product: str) -> None:
    others = "|".join(other for other in PRODUCTS if other != product)
    tie = re.compile(rf"(?:url|include|extends)\s+[\"'](?:{others})[:/]")
    templates = (ROOT / "products" / product).rglob("*.html")
    assert not [str(path.relative_to(ROOT)) for path in templates if tie.search(path.read_text())]


def test_the_kernel_names_no_product() -> None:
    tie = re.compile(rf"^(?:{'|'.join(PRODUCTS)})[.:][A-Za-z_]+$")
    found = [
        (str(path.relative_to(ROOT)), text)
        for path in (ROOT / "kernel").rglob("*.py")
        if "tests" not in path.parts
        for text in strings_of(path)
        if tie.match(text)
    ]
    assert not found
