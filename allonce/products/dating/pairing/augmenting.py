"""Mending after rounding: alternating paths and cycles that gain weight, sought in a random order.

Two exchanged edges (the two-thirds augmentations of Pettie and Sanders) mend nearly everything; longer ones follow
within a budget of steps. The duals say where nothing can be gained: a path gains at most the duals of those it newly
covers, less the slack of the edges it takes, plus the slack of those it gives up.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.compiled import Int, compiled
from allonce.products.dating.pairing.rounding import weight_between


class Path(NamedTuple):
    """One search: the exposed members, the edge places tried from each, gains so far; and the best found."""

    exposed: NDArray[np.int32]
    place: NDArray[np.int64]
    gain: NDArray[np.int64]
    through: NDArray[np.int32]  # whom each exposed one would take
    best: NDArray[np.int32]
    marked: NDArray[np.bool_]  # (n,) on the path


@compiled
def _begin(start: Any, other: Any, weight: Any, mate: Any, p: Path, i: Int) -> Int:
    """Put i on the path, and its partner, whom i then leaves; returns i if it had one, else -1."""
    p.exposed[0] = i
    p.gain[0] = 0
    p.marked[i] = True
    freed = -1
    if mate[i] >= 0:
        freed = i
        p.exposed[0] = mate[i]
        p.gain[0] = -weight_between(start, other, weight, i, mate[i])
        p.marked[mate[i]] = True
    p.place[0] = start[p.exposed[0]]
    return freed


@compiled
def _go_on(start: Any, mate: Any, p: Path, x: Int, level: Int, gain: Int) -> None:
    """Take x, and go on from the partner that x leaves."""
    p.marked[x] = True
    p.marked[mate[x]] = True
    p.exposed[level] = mate[x]
    p.gain[level] = gain
    p.place[level] = start[mate[x]]


@compiled
def search_path(
    start: Any, other: Any, weight: Any, mate: Any, dual: Any, p: Path, i: Int, depth: Int, budget: Int, room: Int
) -> tuple[Int, Int, Int]:
    """The best alternating path or cycle from i: its gain, its length in taken edges, and the steps used.

    If i has a partner, that pair is given up first, and taking i again closes a cycle. `dual` is twice the dual;
    `room` is twice what a path can gain beyond its own end: the greatest dual of a free member plus all slack of pairs.
    """
    freed = _begin(start, other, weight, mate, p, i)
    level, steps, gained, length = 0, 0, np.int64(0), 0
    ends = room + (dual[i] if freed >= 0 else 0)
    while level >= 0:
        t = p.exposed[level]
        e = p.place[level]
        if e >= start[t + 1] or steps >= budget:
            if level > 0:
                p.marked[t] = False
                p.marked[mate[t]] = False
            level -= 1
            continue
        p.place[level] += 1
        steps += 1
        x = other[e]
        is_end = mate[x] < 0 or x == freed
        if (p.marked[x] and x != freed) or x == mate[t]:
            continue
        held = np.int64(0) if is_end else weight_between(start, other, weight, x, mate[x])
        gain = p.gain[level] + weight[e] - held
        p.through[level] = x
        if gain > gained:
            gained, length = gain, level + 1
            p.best[:length] = p.through[:length]
        if is_end or level + 1 >= depth or 2 * gain + dual[mate[x]] + ends <= 2 * gained:
            continue
        level += 1
        _go_on(start, mate, p, x, level, gain)
    p.marked[i] = False
    if freed >= 0:
        p.marked[mate[i]] = False
    return gained, length, steps


@compiled
def exchange(mate: Any, p: Path, i: Int, length: Int) -> None:
    """Carry out the best path found from i."""
    t = i
    if mate[i] >= 0:
        t = mate[i]
        mate[i] = -1
        mate[t] = -1
    for place in range(length):
        x = p.best[place]
        following = mate[x]
        if following >= 0:
            mate[following] = -1
        mate[t] = x
        mate[x] = t
        t = following


@compiled
def _room(start: Any, other: Any, weight: Any, mate: Any, dual: Any) -> Int:
    greatest, slack = np.int64(0), np.int64(0)
    for i in range(mate.size):
        if mate[i] < 0:
            greatest = max(greatest, dual[i])
        elif i < mate[i]:
            slack += dual[i] + dual[mate[i]] - 2 * np.int64(weight_between(start, other, weight, i, mate[i]))
    return greatest + slack


@compiled
def mend(start: Any, other: Any, weight: Any, mate: Any, dual: Any, order: Any, depth: Int, budget: Int) -> Int:
    """One pass over `order`; returns the weight gained. Changes `mate`."""
    p = Path(
        np.empty(depth, np.int32), np.empty(depth, np.int64), np.empty(depth, np.int64), np.empty(depth, np.int32),
        np.empty(depth, np.int32), np.zeros(mate.size, np.bool_),
    )  # fmt: skip
    room = _room(start, other, weight, mate, dual)
    total = np.int64(0)
    for turn in range(order.size):
        i = order[turn]
        gained, length, _ = search_path(start, other, weight, mate, dual, p, i, depth, budget, room)
        if gained > 0:
            exchange(mate, p, i, length)
            total += gained
            room = max(room, _room(start, other, weight, mate, dual)) if mate.size <= 4096 else room
    return total
