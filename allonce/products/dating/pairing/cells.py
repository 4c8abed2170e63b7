"""Where members are: cubes of the globe, sex and age, at five sizes, to be scanned outwards.

A cube grid laid through a sphere knows neither poles nor date line. At each size a member looks at the 125 cubes
around; what lies within twice the cube's side is then seen completely. Who found too few and would go further looks
again at the next size; at the last one the cubes hold the whole globe.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing import sphere
from allonce.products.dating.pairing.compiled import compiled

SIDES_KM = (8.0, 40.0, 200.0, 1000.0, 13000.0)
UNITS = [int(side / sphere.EARTH_KM * sphere.RADIUS) for side in SIDES_KM]
AGES = 128
SEX_AGES = 4 * AGES
AXIS = 1 << 12
RING = 2

_SPAN = range(-RING, RING + 1)
_AROUND = sorted(
    ((x, y, z) for x in _SPAN for y in _SPAN for z in _SPAN),
    key=lambda cube: (sum(axis * axis for axis in cube), cube),
)
AROUND = np.array([(x * AXIS + y) * AXIS + z for x, y, z in _AROUND], np.int64)
# Least distance between anything in two such cubes, in sides squared.
BETWEEN = np.array([sum(max(abs(axis) - 1, 0) ** 2 for axis in cube) for cube in _AROUND], np.int64)


class Level(NamedTuple):
    """One size of cubes. Members of a cube, sex and age form a group; groups follow each other cube by cube."""

    side: int  # units
    order: NDArray[np.int32]  # (m,) members by group
    cube: NDArray[np.int32]  # (m,) number of the member's cube
    cube_groups: NDArray[np.int32]  # (c + 1,) first group of each cube
    group_key: NDArray[np.int32]  # (g,) sex * 128 + age, ascending within a cube
    group_start: NDArray[np.int32]  # (g + 1,) places in order
    group_seeks: NDArray[np.uint8]  # (g,) all sexes that anybody in the group seeks
    group_ages: NDArray[np.uint8]  # (g, 2) least and greatest age that anybody in the group seeks
    group_reach: NDArray[np.int64]  # (g,) greatest squared line
    near_start: NDArray[np.int64]  # (c + 1,)
    near: NDArray[np.int32]  # occupied cubes around, nearest first
    near_between: NDArray[np.int64]  # least squared line to them, units squared


def sort_keys(people: NDArray[Any], size: int) -> NDArray[np.int64]:
    """Cube, sex and age of each member as one ascending number."""
    shift = sphere.RADIUS + RING * UNITS[size]
    cube = np.zeros(people.size, np.int64)
    for axis in "xyz":
        cube = cube * AXIS + (people[axis].astype(np.int64) + shift) // UNITS[size]
    keys: NDArray[np.int64] = cube * SEX_AGES + people["sex"].astype(np.int64) * AGES + people["age"]
    return keys


def build(people: NDArray[Any], size: int, keys: NDArray[np.int64] | None = None) -> Level:
    """The level of `SIDES_KM[size]`."""
    if keys is None:
        keys = sort_keys(people, size)
    order = np.argsort(keys, kind="stable").astype(np.int32)
    ordered = keys[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    starts = np.append(first, people.size).astype(np.int32)
    group_key = ordered[first]
    cubes, cube_first, cube_of_group = np.unique(group_key // SEX_AGES, return_index=True, return_inverse=True)
    cube = np.empty(people.size, np.int32)
    cube[order] = np.repeat(cube_of_group, np.diff(starts))
    seeks, ages, reach = _summaries(people, order, first)
    near_start, near, between = _near(cubes, AROUND, BETWEEN, UNITS[size])
    return Level(
        UNITS[size], order, cube, np.append(cube_first, first.size).astype(np.int32),
        (group_key % SEX_AGES).astype(np.int32), starts, seeks, ages, reach, near_start, near, between,
    )  # fmt: skip


def _summaries(
    people: NDArray[Any], order: NDArray[np.int32], first: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int64]]:
    if first.size == 0:
        return np.zeros(0, np.uint8), np.zeros((0, 2), np.uint8), np.zeros(0, np.int64)
    seeks = np.bitwise_or.reduceat(people["seeks"][order], first)
    youngest = np.minimum.reduceat(people["youngest"][order], first)
    oldest = np.maximum.reduceat(people["oldest"][order], first)
    return seeks, np.stack([youngest, oldest], axis=1), np.maximum.reduceat(people["reach"][order], first)


@compiled
def _near(cubes: Any, around: Any, between: Any, side: int) -> tuple[Any, Any, Any]:
    start = np.zeros(cubes.size + 1, np.int64)
    near, lines = np.empty(0, np.int32), np.empty(0, np.int64)
    for turn in range(2):
        near = np.empty(start[-1] if turn else 0, np.int32)
        lines = np.empty(near.size, np.int64)
        used = 0
        for cube in range(cubes.size):
            for step in range(around.size):
                place = np.searchsorted(cubes, cubes[cube] + around[step])
                if place < cubes.size and cubes[place] == cubes[cube] + around[step]:
                    if turn:
                        near[used] = place
                        lines[used] = between[step] * side * side
                    used += 1
            start[cube + 1] = used
    return start, near, lines
