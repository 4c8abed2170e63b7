"""Maximum-weight matching on a general sparse graph, close to exact, with a proven bound.

The double cover of the graph is solved exactly (`assignment`), its half-integral answer rounded (`rounding`), what odd
cycles lost is mended (`augmenting`). The duals of the first step bound every matching from above.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.assignment import ROUNDS, assign
from allonce.products.dating.pairing.augmenting import mend
from allonce.products.dating.pairing.graph import Graph
from allonce.products.dating.pairing.rounding import round_choices

TWO_THIRDS = 2
SMALL = 512
PASSES = ((TWO_THIRDS, 2_000), (4, 5_000), (12, 20_000))
SMALL_PASSES = 20
SMALL_STEPS = 8_000_000


class Matching(NamedTuple):
    """Partners and the proof of how good they are."""

    mate: NDArray[np.int32]  # (n,) -1 for nobody
    weight: int
    bound: int  # no matching weighs more
    dual: NDArray[np.int64]  # (n,) twice the dual: dual[i] + dual[j] >= 2 * weight of any edge

    @property
    def gap(self) -> float:
        """Share of the bound that is not reached, 0 for a proven optimum."""
        return 0.0 if self.bound == 0 else (self.bound - self.weight) / self.bound


def match(graph: Graph, seed: int) -> Matching:
    """Pairs of nearly the greatest total weight; the same for the same graph and seed."""
    if graph.size == 0:
        return Matching(np.zeros(0, np.int32), 0, 0, np.zeros(0, np.int64))
    start, other, weight = graph
    found = assign(start, other, weight, ROUNDS)
    dual = found.left + found.right
    mate = round_choices(start, other, weight, found.choice, found.chooser)
    bound = int(dual.sum()) // 2
    draw = np.random.default_rng(seed)
    total = total_weight(graph, mate)
    for depth, budget in PASSES:
        if total < bound:
            order = draw.permutation(np.flatnonzero((mate < 0) & (dual > 0))).astype(np.int32)
            total += int(mend(start, other, weight, mate, dual, order, depth, budget))
    for _ in range(SMALL_PASSES if graph.size <= SMALL and total < bound else 0):
        order = draw.permutation(graph.size).astype(np.int32)
        gained = int(mend(start, other, weight, mate, dual, order, graph.size // 2 + 1, SMALL_STEPS // graph.size))
        total += gained
        if gained == 0 or total >= bound:
            break
    return Matching(mate, total, bound, dual)


def total_weight(graph: Graph, mate: NDArray[np.int32]) -> int:
    """Weight of all pairs of neighbours that are each other's partners."""
    left = np.repeat(np.arange(graph.size, dtype=np.int32), np.diff(graph.start))
    return int(graph.weight[(mate[left] == graph.other) & (left < graph.other)].sum(dtype=np.int64))
