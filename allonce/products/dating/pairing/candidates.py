"""From members to the sparse graph of who may meet whom, with integer weights."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing import cells
from allonce.products.dating.pairing.compiled import Int, compiled
from allonce.products.dating.pairing.formula import Coefficients
from allonce.products.dating.pairing.graph import Graph
from allonce.products.dating.pairing.members import Pool
from allonce.products.dating.pairing.model import Reciprocal
from allonce.products.dating.pairing.packing import RAISED, Packed, Tables, pack, tables
from allonce.products.dating.pairing.rescoring import rescore
from allonce.products.dating.pairing.scan import Search, scan_all
from allonce.products.dating.pairing.scoring import Fairness, additions, weight

KEEP = 20
ENOUGH = 120


class Lists(NamedTuple):
    """Each member's best others: (n, keep) indexes and scores, and how many of them hold."""

    best: NDArray[np.int32]
    values: NDArray[np.int32]
    held: NDArray[np.int32]


def _reach_km(pool: Pool, rows: NDArray[np.int64], further_km: float | None) -> NDArray[np.float64]:
    wished = pool.distance_km[rows].astype(np.float64)
    if further_km is None:
        return wished
    return np.where(pool.further[rows], np.maximum(wished, further_km), wished)


def by_place(
    pool: Pool, rows: NDArray[np.int64], model: Coefficients, further_km: float | None = None
) -> tuple[NDArray[np.int64], Packed, cells.Level]:
    """`rows` in the order of places, packed, with the first level; so that neighbours lie together in memory."""
    members = pack(pool, rows, model, _reach_km(pool, rows, further_km))
    keys = cells.sort_keys(members.people, 0)
    order = np.argsort(keys, kind="stable")
    members = Packed(members.people[order], members.features[order], members.own[order])
    return rows[order], members, cells.build(members.people, 0, keys[order])


def scan(
    members: Packed, shared: Tables, first: cells.Level, search: Search, who: NDArray[np.int32] | None = None
) -> Lists:
    """The lists of all members, or of `who`, at wider and wider levels for those who still want."""
    n = members.people.size
    lists = Lists(np.full((n, search.keep), -1, np.int32), np.zeros((n, search.keep), np.int32), np.zeros(n, np.int32))
    hungry = np.zeros(n, np.bool_)
    if who is None:
        who = np.flatnonzero(members.people["seeks"]).astype(np.int32)
    for size in range(len(cells.SIDES_KM)):
        if who.size == 0:
            break
        level = first if size == 0 else cells.build(members.people, size)
        scan_all(members, shared, level, search, who, *lists, hungry)
        who = who[hungry[who]]
    return lists


def graph_of(
    pool: Pool, rows: NDArray[np.int64], model: Reciprocal, fairness: Fairness, turn: int,
    further_km: float | None = None,
) -> tuple[NDArray[np.int64], Graph]:  # fmt: skip
    """Candidates among the pool's `rows`: the rows in the graph's order, and the graph.

    With `further_km`, members who rather go further than have nobody reach that far. `turn` is a whole number below
    2**31 that decides where in a crowd a search begins.
    """
    order, members, level = by_place(pool, rows, model.coefficients, further_km)
    members.own[:, RAISED] = additions(pool, order, fairness)
    shared = tables(pool, model.coefficients)
    graph = merge(scan(members, shared, level, Search(KEEP, ENOUGH, turn)), members.own, fairness.constant)
    if model.trees is not None:
        rescore(pool, members, shared, model.trees, fairness.constant, graph)
    return order, graph


def merge(lists: Lists, own: NDArray[np.int32], constant: int) -> Graph:
    """Both sides' lists as one symmetric graph."""
    start = _degrees(lists.best, lists.held)
    other, weights = _fill(lists.best, lists.values, lists.held, own, constant, start)
    return Graph(start, *_ascending(start, other, weights))


@compiled
def _holds(best: Any, count: Any, j: Int, i: Int) -> bool:
    for place in range(count[j]):  # noqa: SIM110 (compiled)
        if best[j, place] == i:
            return True
    return False


@compiled
def _degrees(best: Any, count: Any) -> Any:
    start = np.zeros(count.size + 1, np.int64)
    for i in range(count.size):
        for place in range(count[i]):
            j = best[i, place]
            start[i + 1] += 1
            if not _holds(best, count, j, i):
                start[j + 1] += 1
    for i in range(count.size):
        start[i + 1] += start[i]
    return start


@compiled
def _fill(best: Any, values: Any, count: Any, own: Any, constant: Int, start: Any) -> tuple[Any, Any]:
    other = np.empty(start[-1], np.int32)
    weights = np.empty(start[-1], np.int32)
    used = start[:-1].copy()
    for i in range(count.size):
        for place in range(count[i]):
            j = best[i, place]
            value = weight(own, values[i, place], constant, i, j)
            other[used[i]] = j
            weights[used[i]] = value
            used[i] += 1
            if not _holds(best, count, j, i):
                other[used[j]] = i
                weights[used[j]] = value
                used[j] += 1
    return other, weights


@compiled
def _ascending(start: Any, other: Any, weights: Any) -> tuple[Any, Any]:
    """A symmetric graph turned over is itself, with ascending neighbours."""
    sorted_other, sorted_weights = np.empty_like(other), np.empty_like(weights)
    used = start[:-1].copy()
    for i in range(start.size - 1):
        for entry in range(start[i], start[i + 1]):
            place = used[other[entry]]
            used[other[entry]] += 1
            sorted_other[place] = i
            sorted_weights[place] = weights[entry]
    return sorted_other, sorted_weights
