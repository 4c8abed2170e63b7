"""From choices to pairs: the paths and cycles of a half-integral answer, each rounded at its best."""

from typing import Any

import numpy as np

from allonce.products.dating.pairing.compiled import Int, compiled

NEVER = -(np.int64(1) << 60)


@compiled
def weight_between(start: Any, other: Any, weight: Any, i: Int, j: Int) -> Int:
    """Weight of an edge, 0 where there is none."""
    low, high = start[i], start[i + 1]
    while low < high:
        middle = (low + high) >> 1
        if other[middle] < j:
            low = middle + 1
        else:
            high = middle
    if low < start[i + 1] and other[low] == j:
        return weight[low]
    return 0


@compiled
def _best_on_path(line: Any, taken: Any) -> Int:
    """Pairs of neighbours on a path with edge weights `line`: marks the taken edges, returns their weight."""
    size = line.size
    total = np.zeros(size + 2, np.int64)
    for e in range(size):
        total[e + 2] = max(total[e + 1], total[e] + line[e])
    taken[:] = False
    e = size - 1
    while e >= 0:
        if total[e + 2] == total[e] + line[e]:
            taken[e] = True
            e -= 2
        else:
            e -= 1
    return total[size + 1]


@compiled
def _pair_up(nodes: Any, count: Int, taken: Any, mate: Any) -> None:
    for e in range(taken.size):
        if taken[e]:
            i, j = nodes[e], nodes[(e + 1) % count]
            mate[i] = j
            mate[j] = i


@compiled
def _round_one(start: Any, other: Any, weight: Any, nodes: Any, count: Int, closed: bool, mate: Any) -> None:
    size = count if closed else count - 1
    line = np.empty(size, np.int64)
    for e in range(size):
        line[e] = weight_between(start, other, weight, nodes[e], nodes[(e + 1) % count])
    taken = np.zeros(size, np.bool_)
    if not closed:
        _best_on_path(line, taken)
        _pair_up(nodes, count, taken, mate)
        return
    # A matching leaves out one of the two edges of the first node: the better of both ways to cut the cycle there.
    one, two = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    with_first, with_last = _best_on_path(line[:-1], one[:-1]), _best_on_path(line[1:], two[1:])
    _pair_up(nodes, count, one if with_first >= with_last else two, mate)


@compiled
def round_choices(start: Any, other: Any, weight: Any, choice: Any, chooser: Any) -> Any:
    """Partners, -1 for nobody. Following choices leads along paths and cycles; only odd cycles lose weight."""
    n = choice.size
    mate = np.full(n, -1, np.int32)
    seen = np.zeros(n, np.bool_)
    nodes = np.empty(n, np.int32)
    for turn in range(2):  # paths from their beginnings first; what is left are cycles
        for begin in range(n):
            if seen[begin] or choice[begin] < 0 or (turn == 0 and chooser[begin] >= 0):
                continue
            count = 0
            i = begin
            while i >= 0 and not seen[i]:
                seen[i] = True
                nodes[count] = i
                count += 1
                i = choice[i]
            if turn == 1 and count == 2:
                mate[nodes[0]] = nodes[1]
                mate[nodes[1]] = nodes[0]
            else:
                _round_one(start, other, weight, nodes, count, turn == 1, mate)
    return mate
