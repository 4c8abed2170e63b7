"""One source, every home, one answer: prices, steps, problems and errors alike."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allonce.pricing.chunks import split
from allonce.pricing.tests.homes import HERE, Call, Home, cpython
from allonce.pricing.tests.strategies import DATE, PRICES, catalogues, items, quotes

# Large enough that some sums stay within 2^53 and some do not.
HUGE = st.one_of(PRICES, st.integers(10**12, 2**53 - 1))


@st.composite
def batches(draw: st.DrawFn, prices: st.SearchStrategy[int] = PRICES) -> list[Call]:
    """Everything that can be asked, of one random catalogue."""
    catalogue = draw(catalogues(prices))
    calls: list[Call] = [["assemble", split(json.loads(json.dumps(catalogue)))]]
    for number in range(4):
        item = draw(items(catalogue, number))
        calls += [["price_line", catalogue, item, DATE], ["apply_rules", catalogue, item]]
    quote = draw(quotes(catalogue))
    return [*calls, ["price_quote", catalogue, quote], ["price_quote", catalogue, quote, False]]


@pytest.mark.promise("MOBILE-CAPTURE")
@given(calls=batches())
def test_node_answers_as_cpython(node: Home, calls: list[Call]) -> None:
    assert node(calls) == cpython(calls)


@given(calls=batches(HUGE))
def test_node_overflows_where_cpython_does(node: Home, calls: list[Call]) -> None:
    assert node(calls) == cpython(calls)


@given(calls=batches())
def test_micropython_answers_as_cpython(micropython: Home, calls: list[Call]) -> None:
    assert micropython(calls) == cpython(calls)


@pytest.mark.slow
@settings(max_examples=500)
@given(calls=batches())
def test_all_homes_agree_at_length(node: Home, micropython: Home, calls: list[Call]) -> None:
    expected = cpython(calls)
    assert node(calls) == expected
    assert micropython(calls) == expected


@pytest.fixture(scope="module")
def chromium(script: Path) -> Iterator[Home]:
    """The translation in a real browser."""
    from playwright.sync_api import sync_playwright

    from allonce.pricing.tests.browser import answering_page, launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield answering_page(browser, script.read_text("utf-8"), (HERE / "engines" / "answer.mjs").read_text("utf-8"))
        browser.close()


@pytest.mark.real
@pytest.mark.promise("MOBILE-CAPTURE")
@given(calls=batches())
def test_chromium_answers_as_cpython(chromium: Home, calls: list[Any]) -> None:
    assert chromium(calls) == cpython(calls)
