"""Bad input is refused with an error that says where; distances hold against the usual formula."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonce.products.dating.pairing import sphere
from allonce.products.dating.pairing.members import Exclusions
from allonce.products.dating.pairing.tests.people import everybody


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"age": [30, 17]}, "Row 1: age .* minors"),
        ({"youngest": [30, 17]}, "Row 1: youngest .* minors"),
        ({"youngest": 40, "oldest": [40, 39]}, "Row 1: the least age sought"),
        ({"latitude": [91, 0]}, "Row 0: latitude"),
        ({"longitude": [0, float("nan")]}, "Row 1: longitude"),
        ({"distance_km": [-1, 5]}, "Row 0: distance_km"),
        ({"sex": [3, 0]}, "Row 0: sex"),
        ({"seeks": [8, 0]}, "Row 0: seeks"),
        ({"waited_days": [0, -1]}, "Row 1: waited_days"),
        ({"features": np.full((2, 3), 99, np.float32)}, "Row 0: features"),
        ({"features": np.zeros((3, 3), np.float32)}, "features must be"),
        ({"effects": np.zeros((2, 2), np.float32)}, "effects must have three"),
        ({"ids": np.array([5, 5])}, "twice"),
    ],
)
def test_a_column_that_cannot_be_true_is_refused_with_its_row(columns: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        everybody(2, **columns)


@pytest.mark.parametrize(
    ("start", "rows", "words"),
    [
        ([0, 1], [1], "one more entry"),
        ([0, 2, 1], [1], "rise from 0"),
        ([0, 1, 1], [2], "outside the pool"),
        ([0, 2, 2], [1, 1], "row 0 must be ascending"),
        ([0, 0, 2], [1, 0], "row 1 must be ascending"),
    ],
)
def test_exclusions_that_are_not_sorted_rows_are_refused(start: list[int], rows: list[int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        everybody(2, Exclusions(np.array(start, np.int64), np.array(rows, np.int32)))


def test_excluded_pairs_become_rows_once_each() -> None:
    found = Exclusions.of_pairs(4, np.array([3, 0, 0]), np.array([0, 3, 1]))
    assert found.start.tolist() == [0, 2, 2, 2, 2]
    assert found.rows.tolist() == [1, 3]
    with pytest.raises(ValueError, match="outside"):
        Exclusions.of_pairs(4, np.array([4]), np.array([0]))


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distances_on_the_sphere_are_those_of_the_haversine(
    north: float, east: float, north_2: float, east_2: float
) -> None:
    places = sphere.points(np.array([north, north_2]), np.array([east, east_2])).astype(np.int64)
    found = float(sphere.kilometres(((places[0] - places[1]) ** 2).sum(keepdims=True))[0])
    a, b, c, d = np.radians([north, east, north_2, east_2])
    half = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    expected = 2 * sphere.EARTH_KM * np.arcsin(min(1.0, float(np.sqrt(half))))
    assert found == pytest.approx(expected, abs=0.5 if expected > 19_900 else 0.0005)


@given(st.floats(0, 20_000))
def test_a_reach_in_kilometres_comes_back(wished: float) -> None:
    found = float(sphere.kilometres(sphere.reach(np.array([wished])))[0])
    assert found == pytest.approx(wished + 0.002, abs=0.5 if wished > 19_900 else 0.0005)
