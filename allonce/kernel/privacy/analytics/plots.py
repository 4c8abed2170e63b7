"""Figures as pictures: plain geometry that a template draws as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, EDGE = 720, 180, 4


@dataclass(frozen=True)
class Line:
    """A line over days; where a day has no figure the line is broken. Coordinates are SVG user units.

    `heights` are the figures beside the axis from the top, `days` those below it from the left.
    """

    paths: list[str]
    heights: list[int]
    days: list[date]


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart; `width` is a percentage of the longest."""

    key: str
    count: int
    width: int


def line(days: Sequence[date], counts: dict[date, int]) -> Line:
    """The counts of these days; missing ones are gaps."""
    most = _round_up(max(counts.values(), default=1))
    step = WIDTH / max(1, len(days) - 1)
    places = {day: (round(step * n, 1), _height(counts[day], most)) for n, day in enumerate(days) if day in counts}
    ends = [days[n] for n in sorted({0, len(days) // 2, len(days) - 1})] if days else []
    return Line(_paths(days, places), [most, most // 2, 0], ends)


def bars(counts: dict[str, int]) -> list[Bar]:
    """Longest first; the rest, which has no name, last."""
    longest = max(counts.values(), default=1)
    order = sorted(counts, key=lambda key: (key == "rest", -counts[key], key))
    return [Bar(key, counts[key], max(1, round(100 * counts[key] / longest))) for key in order]


def _height(value: int, most: int) -> float:
    return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / most, 1)


def _round_up(value: int) -> int:
    """An even figure at or above `value` that reads well on an axis."""
    size: int = 10 ** max(0, len(str(value)) - 1)
    return max(2, -(-value // size) * size + (-(-value // size) * size) % 2)


def _paths(days: Sequence[date], places: dict[date, tuple[float, float]]) -> list[str]:
    runs: list[list[tuple[float, float]]] = [[]]
    for day in days:
        if day in places:
            runs[-1].append(places[day])
        elif runs[-1]:
            runs.append([])
    return [_drawn(run) for run in runs if run]


def _drawn(run: list[tuple[float, float]]) -> str:
    """A run of days as points; a day that stands alone is a short stroke, or nobody would see it."""
    if len(run) == 1:
        [(x, y)] = run
        run = [(x - EDGE, y), (x + EDGE, y)]
    return " ".join(f"{x:g},{y:g}" for x, y in run)
