"""Somebody for one member now: suggestions to choose from, and the best among those who are here.

The index is built once for a pool and answers in milliseconds. It does not change; a member who leaves or passes
somebody afterwards is given in `without` until the next one is built.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing import cells
from allonce.products.dating.pairing.candidates import ENOUGH, KEEP, by_place
from allonce.products.dating.pairing.compiled import Int, compiled
from allonce.products.dating.pairing.members import Pool
from allonce.products.dating.pairing.model import Reciprocal
from allonce.products.dating.pairing.packing import Packed, Tables, pack, tables
from allonce.products.dating.pairing.scan import Search, scan_one
from allonce.products.dating.pairing.scoring import lists, score, suits

MOST_SUGGESTED = 100
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class PoolIndex:
    """A pool's active members by place, at every size of cubes."""

    rows: Rows  # pool row of each packed member
    places: NDArray[np.int32]  # packed place of each pool row, -1 where not active
    members: Packed
    further: Packed  # the same, reaching further where the member allows it
    shared: Tables
    levels: tuple[cells.Level, ...]

    @classmethod
    def build(cls, pool: Pool, model: Reciprocal | None = None, further_km: float = 500.0) -> "PoolIndex":
        """About a second for 100,000 members. ValueError if the model is for other features."""
        model = model or Reciprocal.cold_start(pool.features.shape[1])
        rows, members, first = by_place(pool, np.flatnonzero(pool.active), model.coefficients)
        places = np.full(pool.size, -1, np.int32)
        places[rows] = np.arange(rows.size, dtype=np.int32)
        wished = pool.distance_km[rows].astype(np.float64)
        wide = np.where(pool.further[rows], np.maximum(wished, further_km), wished)
        further = pack(pool, rows, model.coefficients, wide)
        sizes = range(1, len(cells.SIDES_KM))
        levels = (first, *(cells.build(members.people, size) for size in sizes))
        return cls(rows, places, members, further, tables(pool, model.coefficients), levels)

    def place_of(self, member: int) -> np.int32:
        """The packed place of a pool row; ValueError if it takes no part."""
        if not 0 <= member < self.places.size or self.places[member] < 0:
            raise ValueError(f"Row {member} is not an active member of this index.")
        return np.int32(self.places[member])


def suggest(index: PoolIndex, member: int, count: int, without: Rows | None = None) -> Rows:
    """Up to `count` pool rows that suit the member of pool row `member`, and whom the member suits, best first.

    Within both sides' wished distances; `without` are pool rows not to be offered, such as those who have a date.
    ValueError for a member who is not active or a count outside 1 to 100.
    """
    if not 1 <= count <= MOST_SUGGESTED:
        raise ValueError(f"Between 1 and {MOST_SUGGESTED} members can be suggested, not {count}.")
    place = index.place_of(member)
    left_out = np.zeros(0, np.int64) if without is None else without
    keep = max(KEEP, 2 * count)
    while True:
        found = index.rows[_scan(index, place, keep)]
        offered = found[~np.isin(found, left_out)][:count]
        # Those left out may have filled the list: look for more until the list is not full, or long enough.
        if offered.size == count or found.size < keep:
            return offered
        keep = min(keep * 4, max(index.rows.size, 1) + keep)


def _scan(index: PoolIndex, place: np.int32, keep: int) -> NDArray[np.int32]:
    best, values = np.full(keep, -1, np.int32), np.zeros(keep, np.int32)
    search = Search(keep, max(ENOUGH, 2 * keep), 0)
    found = 0
    if not index.members.people["seeks"][place]:
        return best[:0]
    for level in index.levels:
        found, hungry = scan_one(index.members, index.shared, level, search, place, best, values)
        if not hungry:
            break
    return best[:found][np.lexsort((best[:found], -values[:found]))]


def instant(index: PoolIndex, member: int, present: Rows, without: Rows | None = None) -> int | None:
    """The pool row, among those `present`, that suits best on both sides; None where nobody does.

    Within both sides' wished distances if anybody is, else as far as both allow. Rows of `present` that are
    not active are passed over. ValueError for a member who is not active.
    """
    place = index.place_of(member)
    if without is not None:
        present = present[~np.isin(present, without)]
    if present.size and (present.min() < 0 or present.max() >= index.places.size):
        raise ValueError("Somebody present is not a row of this index.")
    here = index.places[present]
    for members in (index.members, index.further):
        best = int(_best(members, index.shared, place, here))
        if best >= 0:
            return int(index.rows[best])
    return None


@compiled
def _best(members: Packed, shared: Tables, i: Int, here: Any) -> Int:
    best, most = -1, np.int64(-1)
    people = members.people
    for turn in range(here.size):
        j = here[turn]
        if j < 0 or not suits(people, i, j):
            continue
        value = score(members, shared, i, j)
        # The lower row wins a tie, whatever the order of those present.
        if value > most or (value == most and people[j].row < people[best].row):
            if lists(shared.exclude_start, shared.exclude_rows, people[i].row, people[j].row):
                continue
            best, most = j, value
    return best
