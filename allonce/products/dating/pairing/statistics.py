"""Figures of one day for the Operator's plots: counts of members, never a member."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allonce.products.dating.pairing.members import Pool, Sex

WAITS = 31  # the last class holds all longer waits


@dataclass(frozen=True)
class Statistics:
    """Of one run, after its pairs are made. Shares lie within 0 to 1."""

    active: int
    paired: int
    admissible: int
    """Active members for whom at least one other is admissible."""
    coverage: float
    """Paired among those with an admissible other."""
    coverage_by_sex: dict[str, float]
    longest_wait_days: int
    """Among members with an admissible other: those paired wait no longer, the others one day more."""
    waits: NDArray[np.int64]
    """Shape (31,): how many of them wait 0, 1, ... and 30 or more days after this run."""
    exposure_deciles: NDArray[np.float64]
    """Shape (11,): deciles of times shown among active members, today's date included."""
    exposure_gini: float
    """Spread of exposure: 0 when all are shown equally often, 1 when one is shown alone."""
    median_candidates: float
    """Of active members with any: how many admissible others were weighed."""


def gini(values: NDArray[np.int64]) -> float:
    """The Gini coefficient of counts; 0 for nothing."""
    ordered = np.sort(values).astype(np.float64)
    total = ordered.sum()
    if total == 0:
        return 0.0
    n = ordered.size
    ranks = np.arange(1, n + 1)
    return float((2 * ranks - n - 1) @ ordered / (n * total))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def statistics(
    pool: Pool, paired: NDArray[np.bool_], degree: NDArray[np.int64], admissible: NDArray[np.bool_]
) -> Statistics:
    """Figures from boolean columns of the pool and the number of candidates of each row."""
    reachable = pool.active & admissible
    waits = np.where(paired, 0, pool.waited_days + 1)[reachable]
    shown = (pool.times_shown + paired)[pool.active].astype(np.int64)
    by_sex = {
        sex.name.lower(): _share(int((paired & (pool.sex == sex)).sum()), int((reachable & (pool.sex == sex)).sum()))
        for sex in Sex
    }
    degrees = degree[pool.active & (degree > 0)]
    return Statistics(
        active=int(pool.active.sum()),
        paired=int(paired.sum()),
        admissible=int(reachable.sum()),
        coverage=_share(int(paired.sum()), int(reachable.sum())),
        coverage_by_sex=by_sex,
        longest_wait_days=int(waits.max(initial=0)),
        waits=np.bincount(np.minimum(waits, WAITS - 1), minlength=WAITS),
        exposure_deciles=np.quantile(shown, np.linspace(0, 1, 11)) if shown.size else np.zeros(11),
        exposure_gini=gini(shown),
        median_candidates=float(np.median(degrees)) if degrees.size else 0.0,
    )
