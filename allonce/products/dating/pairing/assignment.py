"""The compiled heart: maximum-weight assignment of every member to another on a sparse graph, with prices.

Each member stands once on the left (who bids) and once on the right (what is bid for). The method is the primal-dual
one of Jonker and Volgenant (1987), for sparse graphs and with the choice of staying alone, worth nothing:

- prices start at nothing; a few rounds of bidding (their augmenting row reduction) settle most members;
- the rest are settled one by one along shortest augmenting paths (Dijkstra on reduced costs).

Kept throughout: left[i] + right[j] >= weight(i, j) for every edge, equality for the chosen, and a price of nothing for
whoever is chosen by nobody. So the end is the exact optimum, and the duals prove it.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.compiled import Int, compiled

ROUNDS = 12
UNREACHED = np.int64(1) << 40


class Assigned(NamedTuple):
    """Choices and duals, all of shape (n,)."""

    choice: NDArray[np.int32]  # whom the left copy of a member is given; -1 nobody
    chooser: NDArray[np.int32]  # the inverse
    left: NDArray[np.int64]
    right: NDArray[np.int64]


class Search(NamedTuple):
    """What one shortest-path search writes; reset after each."""

    cost: NDArray[np.int64]  # to each right copy
    before: NDArray[np.int32]  # the left copy it was reached from
    settled: NDArray[np.int32]  # right copies in the order they were settled
    touched: NDArray[np.int32]  # right copies whose cost was set


@compiled
def _bid(start: Any, other: Any, weight: Any, a: Assigned, i: Int) -> tuple[Int, Int, Int]:
    """The best offer to i, its surplus, and the surplus of the next best (at least of staying alone, 0)."""
    place, first, second = -1, np.int64(0), np.int64(0)
    for e in range(start[i], start[i + 1]):
        surplus = weight[e] - a.right[other[e]]
        if surplus > first or (surplus == first and place >= 0 and a.chooser[other[place]] >= 0):
            if a.chooser[other[e]] < 0 or surplus > first:
                second = max(second, first)
                first = surplus
                place = e
            else:
                second = surplus
        elif surplus > second:
            second = surplus
    return place, first, second


@compiled
def _bid_rounds(start: Any, other: Any, weight: Any, a: Assigned, rounds: Int) -> Any:
    """Let everybody bid, the outbid again in the next round; returns who is still without."""
    waiting = np.arange(a.choice.size).astype(np.int32)
    for _ in range(rounds):
        outbid = np.empty(waiting.size, np.int32)
        count = 0
        for turn in range(waiting.size):
            i = waiting[turn]
            place, first, second = _bid(start, other, weight, a, i)
            if place < 0:
                a.left[i] = 0
                continue
            j = other[place]
            a.left[i] = second
            a.right[j] += first - second
            loser = a.chooser[j]
            a.chooser[j] = i
            a.choice[i] = j
            if loser >= 0:
                a.choice[loser] = -1
                outbid[count] = loser
                count += 1
        waiting = outbid[:count]
    return waiting


@compiled
def _push(heap: Any, count: Int, key: Int) -> Any:
    if count == heap.size:
        grown = np.empty(2 * heap.size, np.int64)
        grown[:count] = heap
        heap = grown
    place = count
    while place > 0:
        parent = (place - 1) >> 1
        if heap[parent] <= key:
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = key
    return heap


@compiled
def _pop(heap: Any, count: Int) -> Int:
    """Take the least away; the heap then holds one key fewer."""
    least = heap[0]
    key = heap[count - 1]
    place = 0
    while 2 * place + 1 < count - 1:
        child = 2 * place + 1
        if child + 1 < count - 1 and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = key
    return least


@compiled
def _relax(
    start: Any, other: Any, weight: Any, a: Assigned, s: Search, i: Int, so_far: Int, bound: Int, end: Int,
    heap: Any, count: Int, touched: Int,
) -> tuple[Int, Int, Any, Int, Int]:  # fmt: skip
    """Reach on from left copy i at cost `so_far`; a free right copy lowers the bound and becomes the end."""
    base = so_far + a.left[i]
    for e in range(start[i], start[i + 1]):
        j = other[e]
        cost = base + a.right[j] - weight[e]
        if cost >= bound or cost >= s.cost[j]:
            continue
        if s.cost[j] == UNREACHED:
            s.touched[touched] = j
            touched += 1
        s.cost[j] = cost
        s.before[j] = i
        if a.chooser[j] < 0:
            bound, end = cost, j
        else:
            heap = _push(heap, count, (cost << 32) | j)
            count += 1
    return bound, end, heap, count, touched


@compiled
def _settle(start: Any, other: Any, weight: Any, a: Assigned, s: Search, source: Int, heap: Any) -> Any:
    """Give `source` somebody, or leave whoever costs least alone; returns the heap's memory for the next."""
    _, best, _ = _bid(start, other, weight, a, source)
    a.left[source] = best
    # The end is a free right copy j (j >= 0), or the left copy -2 - i that is left alone.
    bound, end = best, -2 - source
    bound, end, heap, count, touched = _relax(
        start, other, weight, a, s, source, np.int64(0), bound, end, heap, np.int64(0), np.int64(0)
    )  # fmt: skip
    done = np.int64(0)
    while count:
        key = _pop(heap, count)
        count -= 1
        cost, j = key >> 32, key & 0xFFFFFFFF
        if cost >= bound:
            break
        if cost > s.cost[j]:
            continue
        s.settled[done] = j
        done += 1
        i = a.chooser[j]
        if cost + a.left[i] < bound:
            bound, end = cost + a.left[i], -2 - i
        bound, end, heap, count, touched = _relax(
            start, other, weight, a, s, i, cost, bound, end, heap, count, touched
        )  # fmt: skip
    _reprice(a, s, source, bound, done)
    _flip(a, s, source, end)
    for place in range(touched):
        s.cost[s.touched[place]] = UNREACHED
    return heap


@compiled
def _reprice(a: Assigned, s: Search, source: Int, bound: Int, done: Int) -> None:
    a.left[source] -= bound
    for place in range(done):
        j = s.settled[place]
        less = bound - s.cost[j]
        if less > 0:
            a.right[j] += less
            a.left[a.chooser[j]] -= less


@compiled
def _flip(a: Assigned, s: Search, source: Int, end: Int) -> None:
    if end == -2 - source:
        return
    j = end
    if end < 0:
        j = a.choice[-2 - end]
        a.choice[-2 - end] = -1
    while True:
        i = s.before[j]
        following = a.choice[i]
        a.choice[i] = j
        a.chooser[j] = i
        if i == source:
            return
        j = following


@compiled
def assign(start: Any, other: Any, weight: Any, rounds: Int) -> Assigned:
    """The assignment of greatest weight on the double cover of a symmetric graph, and its duals."""
    n = start.size - 1
    a = Assigned(np.full(n, -1, np.int32), np.full(n, -1, np.int32), np.zeros(n, np.int64), np.zeros(n, np.int64))
    waiting = _bid_rounds(start, other, weight, a, rounds)
    s = Search(
        np.full(n, UNREACHED, np.int64), np.full(n, -1, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    )  # fmt: skip
    heap = np.empty(1 << 12, np.int64)
    for turn in range(waiting.size):
        heap = _settle(start, other, weight, a, s, waiting[turn], heap)
    return a
