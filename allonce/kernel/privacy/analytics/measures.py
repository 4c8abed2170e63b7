"""What is counted beside visits: rooms and products register their measures in their apps.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

VISITS = "visits"


@dataclass(frozen=True)
class Cell:
    """A figure, and from how many visitors or accounts it came, at least.

    `lot` is drawn once when the figure is stored: where a figure must be hidden beside small ones, it decides which.
    """

    count: int
    group: int
    lot: int = 0


@dataclass(frozen=True)
class Measure:
    """Something that happens and is worth counting by day.

    `count` returns the day's cells by a code of the product's own, such as a state or a kind: never by anything that
    a person typed, and never by anybody's id. Each cell tells how many accounts or people it came from.
    """

    code: str
    label: Any
    count: Callable[[date], Mapping[str, Cell]]


_measures: dict[str, Measure] = {}


def register_measure(measure: Measure) -> None:
    """Have this counted every night. Called in an app's `ready`."""
    _measures[measure.code] = measure


def measures() -> list[Measure]:
    """All registered measures."""
    return list(_measures.values())
