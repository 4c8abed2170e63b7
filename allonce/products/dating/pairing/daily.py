"""One date a day for everybody: the whole run of one region. Killed, it is run again: equal input, equal answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.candidates import by_place, graph_of, scan
from allonce.products.dating.pairing.matching import match
from allonce.products.dating.pairing.members import Pool, Why
from allonce.products.dating.pairing.model import Reciprocal
from allonce.products.dating.pairing.packing import tables
from allonce.products.dating.pairing.scan import Search
from allonce.products.dating.pairing.scoring import Fairness
from allonce.products.dating.pairing.statistics import Statistics, statistics

REASONS = tuple(Why)


@dataclass(frozen=True)
class Settings:
    """What the Operator may turn."""

    fairness: Fairness = field(default_factory=Fairness)
    further_km: float = 500.0
    """How far those who would rather go further reach once nobody nearer is left; kilometres."""

    def __post_init__(self) -> None:
        if not 0 <= self.further_km <= 1e6:
            raise ValueError("further_km must lie within 0 to 1000000 kilometres.")


@dataclass(frozen=True)
class Outcome:
    """The day's pairs and why the others have none; all members of the pool stand in exactly one place."""

    pairs: NDArray[np.int64]
    """Shape (p, 2), the caller's ids, ascending by pool row."""
    weights: NDArray[np.int32]
    """Shape (p,), each pair's weight."""
    unpaired: NDArray[np.int64]
    """Ids of members without a date, in the pool's order."""
    reasons: NDArray[np.uint8]
    """For each of them a place in `REASONS`."""
    weight: int
    bound: int
    """No matching of the candidates weighs more; proven by the duals."""
    statistics: Statistics

    @property
    def gap(self) -> float:
        """Share of the bound that is not reached."""
        return 0.0 if self.bound == 0 else (self.bound - self.weight) / self.bound

    def why(self) -> Iterator[tuple[int, Why]]:
        """Each unpaired member's id and reason."""
        for member, reason in zip(self.unpaired.tolist(), self.reasons.tolist(), strict=True):
            yield member, REASONS[reason]


class _Run:
    """One run's input and what has been found so far, by pool row."""

    def __init__(self, pool: Pool, turn: int, model: Reciprocal, settings: Settings) -> None:
        self.pool, self.turn, self.model, self.settings = pool, turn, model, settings
        self.mate = np.full(pool.size, -1, np.int64)
        self.weights = np.zeros(pool.size, np.int32)
        self.degree = np.zeros(pool.size, np.int64)
        self.weight = self.bound = 0

    def left(self) -> NDArray[np.int64]:
        """Active rows that seek somebody and have nobody."""
        return np.flatnonzero(self.pool.active & (self.mate < 0) & (self.pool.seeks > 0))

    def add(self, further: bool) -> bool:
        """Match those left by the best graph among them; False if nobody of them suits anybody."""
        reach = self.settings.further_km if further else None
        order, graph = graph_of(self.pool, self.left(), self.model, self.settings.fairness, self.turn, reach)
        if graph.other.size == 0:
            return False
        self.degree[order] += np.diff(graph.start)
        matching = match(graph, self.turn)
        one = np.flatnonzero(matching.mate >= 0)
        left = np.repeat(np.arange(graph.size, dtype=np.int32), np.diff(graph.start))
        self.mate[order[one]] = order[matching.mate[one]]
        self.weights[order[one]] = graph.weight[matching.mate[left] == graph.other]
        self.weight += int(matching.weight)
        self.bound += int(matching.bound)
        return True

    def somebody_further(self) -> NDArray[np.int64]:
        """Rows without a candidate that would have had one further away, had that one not been taken nearer by."""
        wanting = np.zeros(self.pool.size, bool)
        wanting[self.left()] = True
        wanting &= self.degree == 0  # whether or not they go further themselves: the other side may
        if not wanting.any():
            return np.zeros(0, np.int64)
        active = np.flatnonzero(self.pool.active)
        order, members, level = by_place(self.pool, active, self.model.coefficients, self.settings.further_km)
        who = np.flatnonzero(wanting[order]).astype(np.int32)
        lists = scan(members, tables(self.pool, self.model.coefficients), level, Search(1, 1, self.turn), who)
        return np.sort(order[lists.held > 0])


def pair(
    pool: Pool,
    day: date,
    seed: int,
    *,
    model: Reciprocal | None = None,
    settings: Settings | None = None,
) -> Outcome:
    """Pair all active members of `pool` for `day`; equal input gives an equal outcome on every machine.

    First everybody within their wishes; then, until nobody admissible is left, those without: they are looked at anew,
    and reach `settings.further_km` if they allow it. Raises ValueError on a negative seed or a model of other features.
    """
    if seed < 0:
        raise ValueError("The seed must not be negative.")
    model = model or Reciprocal.cold_start(pool.features.shape[1])
    turn = int(np.random.SeedSequence([seed, day.toordinal()]).generate_state(1)[0] >> 1)
    run = _Run(pool, turn, model, settings or Settings())
    run.add(further=False)
    while run.add(further=True):
        pass
    return _outcome(run, run.somebody_further())


def _outcome(run: _Run, further: NDArray[np.int64]) -> Outcome:
    pool = run.pool
    one = np.flatnonzero((run.mate >= 0) & (np.arange(pool.size) < run.mate))
    without = np.flatnonzero(run.mate < 0)
    admissible = run.degree > 0
    admissible[further] = True
    reasons = np.where(admissible[without], REASONS.index(Why.TAKEN), REASONS.index(Why.NOBODY))
    reasons[~pool.active[without]] = REASONS.index(Why.INACTIVE)
    return Outcome(
        pairs=np.stack([pool.ids[one], pool.ids[run.mate[one]]], axis=1),
        weights=run.weights[one],
        unpaired=pool.ids[without],
        reasons=reasons.astype(np.uint8),
        weight=run.weight,
        bound=run.bound,
        statistics=statistics(pool, run.mate >= 0, run.degree, admissible),
    )
