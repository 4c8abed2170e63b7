"""Judges prices by their neighbours: lower for a larger size, ten times as much, missing in the middle."""

from collections.abc import Callable, Iterator

from allonce.products.catalogue.importing.amounts import Amount
from allonce.products.catalogue.importing.proposal import Mark, Severity
from allonce.products.catalogue.importing.sheet import Place

Prices = list[list[int | None]]
Cell = tuple[int, int]
_TIMES = 3


def check_prices(
    prices: Prices, place_of: Callable[[int, int], Place], amount_at: Callable[[Place], Amount]
) -> list[Mark]:
    """Marks for a table by drop and width, both rising."""
    jumps = _jumps(prices)
    marks = [Mark(code, "doubt", place_of(*cell)) for cell, code in jumps.items()]
    marks += [Mark(code, "doubt", place_of(*cell)) for cell, code in _cheaper(prices, set(jumps)).items()]
    for cell, inside in _absent(prices).items():
        marks += _absent_mark(amount_at(place_of(*cell)), place_of(*cell), inside=inside)
    return marks


def _jumps(prices: Prices) -> dict[tuple[int, int], str]:
    """Cells at least three times above or below the middle of those around them."""
    high = [cell for cell, price, middle in _beside(prices) if price > middle * _TIMES]
    sound = [list(line) for line in prices]
    for drop, width in high:
        sound[drop][width] = None
    low = [cell for cell, price, middle in _beside(sound) if price * _TIMES < middle]
    return {**dict.fromkeys(high, "jump"), **dict.fromkeys(low, "dip")}


def _beside(prices: Prices) -> Iterator[tuple[Cell, int, float]]:
    """Each price with the middle of its neighbours, where it has two or more."""
    for drop, line in enumerate(prices):
        for width, price in enumerate(line):
            if price is not None and len(around := _around(prices, drop, width)) >= 2:
                yield (drop, width), price, _middle(around)


def _middle(around: list[int]) -> float:
    """The median of two to four figures; the library's own takes most of a large table's time."""
    around.sort()
    half = len(around) // 2
    return around[half] if len(around) % 2 else (around[half - 1] + around[half]) / 2


def _around(prices: Prices, drop: int, width: int) -> list[int]:
    places = ((drop - 1, width), (drop + 1, width), (drop, width - 1), (drop, width + 1))
    inside = ((row, column) for row, column in places if 0 <= row < len(prices) and 0 <= column < len(prices[0]))
    return [price for row, column in inside if (price := prices[row][column]) is not None]


def _cheaper(prices: Prices, known: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Cells cheaper than the last sound price before them in their row or column."""
    found: dict[tuple[int, int], str] = {}
    for drop, line in enumerate(prices):
        for cell in _falls([(price, (drop, width)) for width, price in enumerate(line)], known):
            found[cell] = "cheaper_wider"
    for width in range(len(prices[0]) if prices else 0):
        for cell in _falls([(line[width], (drop, width)) for drop, line in enumerate(prices)], known):
            found.setdefault(cell, "cheaper_longer")
    return found


def _falls(line: list[tuple[int | None, tuple[int, int]]], known: set[tuple[int, int]]) -> list[tuple[int, int]]:
    found, last = [], 0
    for price, cell in line:
        if price is None or cell in known:
            continue
        if price < last:
            found.append(cell)
        else:
            last = price
    return found


def _absent(prices: Prices) -> dict[tuple[int, int], bool]:
    """Cells without a price, and whether a larger size further right or down has one."""
    found = {}
    below = [False] * (len(prices[0]) if prices else 0)
    for drop in range(len(prices) - 1, -1, -1):
        right = False
        for width in range(len(below) - 1, -1, -1):
            if prices[drop][width] is None:
                found[(drop, width)] = right or below[width]
            else:
                right = below[width] = True
    return found


def _absent_mark(amount: Amount, place: Place, *, inside: bool) -> list[Mark]:
    if amount.state == "blank":
        return [Mark("blank_inside", "doubt", place) if inside else Mark("blank_edge", "note", place)]
    if amount.state != "not_offered":
        return []
    severity: Severity = "doubt" if inside else "note"
    code = "not_offered_inside" if inside else "not_offered"
    return [Mark(code, severity, place, {"written": amount.written})]
